import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { NotSentError } from '@payonce/plugin-sdk';
import type { ProcessorAdapter } from '@payonce/plugin-sdk';
import { acmeAdapter } from './adapter.js';
import { VERSION, pluginName } from './index.js';

const nobody = { send: async () => Promise.reject(new NotSentError({ code: 'x', message: 'nobody is asked here' })) };
const adapter: ProcessorAdapter = acmeAdapter({
  id: 'plugin-name',
  mode: 'live',
  client: nobody,
  webhookSecret: 'webhook-secret-of-the-tests',
  now: () => new Date(),
});

it('has the version of its package', () => {
  const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  assert.equal(VERSION, manifest.version);
});

it('says by its path what is wrong with an option', async () => {
  const options = { mode: 'test', origin: 'acme', secretKey: 'k'.repeat(16), webhookSecret: 's'.repeat(16) };
  await assert.rejects(pluginName(options).load({ add() {} }), /options\.origin/);
});

it('asks nobody for a test payment with a key of live mode', async () => {
  const request = {
    business: 'bus_1',
    reference: 'att_1',
    idempotencyKey: 'pay_1:charge:1',
    signal: new AbortController().signal,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    mode: 'test',
  } as const;
  await assert.rejects(adapter.cancel(request), { code: 'wrong_mode' });
});
