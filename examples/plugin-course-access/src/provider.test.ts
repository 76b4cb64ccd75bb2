import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, it } from 'node:test';
import type { Grant } from '@payonce/plugin-sdk';
import { VERSION } from './index.js';
import { courseAccessProvider } from './provider.js';
import { schoolClient } from './school.js';
import { startFakeSchool } from './testing/fake-school.js';

const apiKey = 'api-key-of-the-tests';
const school = await startFakeSchool({ apiKey });
after(() => school.close());

const provider = courseAccessProvider(schoolClient({ origin: school.origin, apiKey }));

const grantOf = (id: string, course: string): Grant => ({
  id,
  payment: 'pay_1',
  business: 'bus_1',
  mode: 'test',
  product: 'pdt_1',
  productName: 'Color theory, the course',
  unit: 0,
  customer: { id: 'cus_1', email: 'ada@example.com', name: 'Ada' },
  settings: { course },
});

const call = (idempotencyKey: string) =>
  ({
    idempotencyKey,
    signal: new AbortController().signal,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    mode: 'test',
  }) as const;

it('has the version of its package', () => {
  const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  assert.equal(VERSION, manifest.version);
});

it('enrolls the buyer, passes the key on, and shows where the course is', async () => {
  const grant = grantOf('entg_1', 'color-theory');
  const answer = await provider.fulfill({ ...call('pay_1:fulfill:entg_1'), grant });
  assert.deepEqual(answer, {
    outcome: 'delivered',
    content: {
      kind: 'content',
      items: [{ label: 'Your course', value: 'Color theory', url: 'https://school.example/courses/color-theory' }],
    },
  });
  assert.equal(school.keys.at(-1), 'pay_1:fulfill:entg_1');
  assert.equal(school.enrollments.at(-1)?.email, 'ada@example.com');
});

it('leaves it to a person when the school has no such course', async () => {
  const grant = grantOf('entg_2', 'astrology');
  const failed = provider.fulfill({ ...call('pay_1:fulfill:entg_2'), grant });
  await assert.rejects(failed, { name: 'PermanentError', code: 'unknown_course' });
});

it('does not enroll whose access ended before', async () => {
  const grant = grantOf('entg_3', 'type-design');
  await provider.revoke({ ...call('pay_1:revoke:entg_3'), grant, reason: 'refund' });
  const failed = provider.fulfill({ ...call('pay_1:fulfill:entg_3'), grant });
  await assert.rejects(failed, { code: 'enrollment_ended' });
});
