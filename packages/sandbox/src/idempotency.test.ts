import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from '../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../test/setup/mongodb.js';
import { fingerprint } from './idempotency.js';
import { newPayment, startBench } from './testing/bench.js';
import type { Bench } from './testing/bench.js';
import type { WirePayment, WireRefund } from './wire.js';

const HOUR = 3_600_000;

let database: TestDatabase;
let bench: Bench;
let passed = 0;

beforeAll(async () => {
  database = await testDatabase('sandbox idempotency');
  bench = await startBench(database, { clock: () => new Date(Date.now() + passed) });
});

afterAll(async () => {
  await bench.close();
  await database.close();
});

const paid = () => newPayment({ payment_method: 'pm_card_visa' });
const charges = async (reference: unknown): Promise<number> => {
  const { body } = await bench.merchant.get<{ entries: unknown[] }>(`/v1/ledger?reference=${String(reference)}`);
  return body.entries.length;
};

describe('a repeated key', () => {
  it('gets the first answer byte for byte, and charges once', async () => {
    const request = paid();
    const first = await bench.merchant.post('/v1/payments', request, { key: 'repeat-1' });
    const second = await bench.merchant.post('/v1/payments', request, { key: 'repeat-1' });
    expect(second.text).toBe(first.text);
    expect([first, second].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(await charges(request['reference'])).toBe(1);
  });

  it('may have its fields in another order', async () => {
    const request = paid();
    const reversed = Object.fromEntries(Object.entries(request).reverse());
    const first = await bench.merchant.post('/v1/payments', request, { key: 'order-1' });
    expect((await bench.merchant.post('/v1/payments', reversed, { key: 'order-1' })).text).toBe(first.text);
  });

  it('is refused for another body, and for another route', async () => {
    const request = paid();
    await bench.merchant.post('/v1/payments', request, { key: 'mismatch-1' });
    const other = await bench.merchant.post('/v1/payments', { ...request, amount: 1 }, { key: 'mismatch-1' });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    const elsewhere = await bench.merchant.post(
      '/v1/refunds',
      { payment: 'sp_1', reference: 'r', amount: 1 },
      { key: 'mismatch-1' },
    );
    expect(elsewhere.status).toBe(422);
  });

  it('repeats a refusal from inside the work, too', async () => {
    const { body: payment } = await bench.merchant.post<WirePayment>('/v1/payments', paid());
    const tooMuch = { payment: payment.id, reference: 'too much', amount: 9_999 };
    const first = await bench.merchant.post('/v1/refunds', tooMuch, { key: 'refusal-1' });
    const second = await bench.merchant.post('/v1/refunds', tooMuch, { key: 'refusal-1' });
    expect([first.status, second.status]).toEqual([400, 400]);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
  });

  it('is free again after a body that did not parse', async () => {
    expect((await bench.merchant.post('/v1/payments', { amount: 'x' }, { key: 'invalid-1' })).status).toBe(400);
    expect((await bench.merchant.post('/v1/payments', paid(), { key: 'invalid-1' })).status).toBe(200);
  });

  it('gives a refund once', async () => {
    const { body: payment } = await bench.merchant.post<WirePayment>('/v1/payments', paid());
    const request = { payment: payment.id, reference: 'refund once', amount: 100 };
    const answers = [
      await bench.merchant.post<WireRefund>('/v1/refunds', request, { key: 'refund-1' }),
      await bench.merchant.post<WireRefund>('/v1/refunds', request, { key: 'refund-1' }),
    ];
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const { body } = await bench.merchant.get<WirePayment>(`/v1/payments/${payment.id}`);
    expect(body.amount_refunded).toBe(100);
  });
});

it('lets one of many simultaneous requests work; the others are told to wait or get its answer', async () => {
  const request = paid();
  const answers = await Promise.all(
    Array.from({ length: 40 }, () =>
      bench.merchant.post<WirePayment & { code?: string }>('/v1/payments', request, { key: 'together-1' }),
    ),
  );
  const done = answers.filter(({ status }) => status === 200);
  const waiting = answers.filter(({ status }) => status === 409);
  expect(done.length + waiting.length).toBe(40);
  expect(new Set(done.map(({ text }) => text)).size).toBe(1);
  expect(
    waiting.every(({ body, headers }) => body.code === 'idempotency_key_in_use' && headers.get('retry-after') === '1'),
  ).toBe(true);
  expect(await charges(request['reference'])).toBe(1);
});

it('forgets a key after its life: then the same request is a new one', async () => {
  const request = paid();
  await bench.merchant.post('/v1/payments', request, { key: 'old-1' });
  passed += 23 * HOUR;
  await bench.merchant.post('/v1/payments', request, { key: 'old-1' });
  expect(await charges(request['reference'])).toBe(1);
  passed += 2 * HOUR;
  await bench.merchant.post('/v1/payments', request, { key: 'old-1' });
  expect(await charges(request['reference'])).toBe(2);
});

describe('work that died with its process', () => {
  const leaveBehind = (key: string, request: unknown, objectId: string) =>
    database.database.collection<{ _id: string }>('idempotency_keys').insertOne({
      _id: key,
      fingerprint: fingerprint({ method: 'POST', path: '/v1/payments', body: request }),
      objectId,
      owner: 'a process that is gone',
      leaseUntil: new Date(Date.now() + HOUR),
      expiresAt: new Date(Date.now() + 48 * HOUR),
    } as { _id: string });

  it('is done by the next try when it had not begun', async () => {
    const request = paid();
    await leaveBehind('died-1', request, 'sp_diedbefore');
    const { status, body } = await bench.merchant.post<WirePayment>('/v1/payments', request, { key: 'died-1' });
    expect({ status, id: body.id, state: body.status }).toEqual({
      status: 200,
      id: 'sp_diedbefore',
      state: 'succeeded',
    });
  });

  it('is found by the next try when it had charged already', async () => {
    const request = paid();
    const { body: before } = await bench.merchant.post<WirePayment>('/v1/payments', request);
    await leaveBehind('died-2', request, before.id);
    const { body: after } = await bench.merchant.post<WirePayment>('/v1/payments', request, { key: 'died-2' });
    expect(after).toEqual(before);
    expect(await charges(request['reference'])).toBe(1);
  });
});

it.each(['', 'with a space', 'x'.repeat(256), 'ü'])('refuses the key %j', async (key) => {
  const { status } = await bench.merchant.post('/v1/payments', paid(), { headers: { 'idempotency-key': key } });
  expect(status).toBe(400);
});
