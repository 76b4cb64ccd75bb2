import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import type { Grant, Json } from '@payonce/plugin-sdk';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { VERSION } from './index.js';
import { unlockCodes } from './provider.js';

const GRANT: Grant = {
  id: 'entg_1',
  payment: 'pay_1',
  business: 'bus_1',
  mode: 'test',
  product: 'pdt_1',
  productName: 'A font',
  unit: 0,
  customer: { id: 'cus_1', email: 'ada@example.com', name: 'Ada' },
  settings: { label: 'Unlock code' },
};

const call = {
  idempotencyKey: 'pay_1:fulfill:entg_1',
  signal: new AbortController().signal,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  mode: 'test',
} as const;

const provider = unlockCodes({ id: 'plugin-name', host: memoryHost(), randomBytes });

async function codeOf(grant: Grant): Promise<string> {
  const answer = await provider.fulfill({ ...call, grant });
  assert(answer.outcome === 'delivered' && answer.content.kind === 'content');
  return answer.content.items[0]?.value ?? '';
}

async function check(code: string): Promise<Json> {
  const done = await provider.actions?.['check_code']?.run({ ...call, business: 'bus_1', input: { code } });
  assert(done?.outcome === 'done');
  return done.answer;
}

it('has the version of its package', () => {
  const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  assert.equal(VERSION, manifest.version);
});

it('gives a grant one code, however often it is asked', async () => {
  const codes = await Promise.all(Array.from({ length: 20 }, () => codeOf({ ...GRANT, id: 'entg_often' })));
  assert.equal(new Set(codes).size, 1);
});

it('knows a code until the grant is revoked', async () => {
  const code = await codeOf(GRANT);
  assert.deepEqual(await check(code), { good: true, grant: 'entg_1' });
  await provider.revoke({ ...call, grant: GRANT, reason: 'refund' });
  assert.deepEqual(await check(code), { good: false });
  assert.deepEqual(await check('made-up'), { good: false });
});

it('hands over nothing once access ended', async () => {
  const grant = { ...GRANT, id: 'entg_ended' };
  await provider.revoke({ ...call, grant, reason: 'operator' });
  await assert.rejects(codeOf(grant), { code: 'access_ended' });
});
