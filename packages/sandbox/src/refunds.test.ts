import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from '../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../test/setup/mongodb.js';
import { newPayment, startBench } from './testing/bench.js';
import type { Bench } from './testing/bench.js';
import { eventually } from './testing/merchant.js';
import type { WirePayment, WireRefund } from './wire.js';

let database: TestDatabase;
let bench: Bench;

beforeAll(async () => {
  database = await testDatabase('sandbox refunds');
  bench = await startBench(database);
});

afterAll(async () => {
  await bench.close();
  await database.close();
});

const pay = async (token = 'pm_card_visa'): Promise<WirePayment> =>
  (await bench.merchant.post<WirePayment>('/v1/payments', newPayment({ payment_method: token }))).body;
const refund = (payment: string, amount: number, fields: Readonly<Record<string, unknown>> = {}) =>
  bench.merchant.post<WireRefund>('/v1/refunds', { payment, amount, reference: `refund-of-${payment}`, ...fields });
const read = async (id: string): Promise<WireRefund> =>
  (await bench.merchant.get<WireRefund>(`/v1/refunds/${id}`)).body;
const refunded = async ({ id }: WirePayment): Promise<number> =>
  (await bench.merchant.get<WirePayment>(`/v1/payments/${id}`)).body.amount_refunded;
const ledgerRefunds = async ({ reference }: WirePayment): Promise<number> => {
  const { body } = await bench.merchant.get<{ entries: { kind: string; amount: number }[] }>(
    `/v1/ledger?reference=${reference}`,
  );
  return body.entries.filter(({ kind }) => kind === 'refund').reduce((sum, { amount }) => sum + amount, 0);
};

describe('a refund', () => {
  it('gives money back at once and writes it in the ledger', async () => {
    const payment = await pay();
    const { body } = await refund(payment.id, 255, { reason: 'changed my mind' });
    expect(body).toMatchObject({
      payment: payment.id,
      amount: 255,
      currency: 'EUR',
      status: 'succeeded',
      reason: 'changed my mind',
    });
    expect(body.id).toMatch(/^sr_/);
    expect(await read(body.id)).toEqual(body);
    const listed = await bench.merchant.get(`/v1/refunds?reference=${body.reference}`);
    expect(listed.body).toEqual({ items: [body] });
    expect(await refunded(payment)).toBe(255);
    expect(await ledgerRefunds(payment)).toBe(255);
  });

  it('is refused when there is nothing captured', async () => {
    const payment = await pay('pm_card_declined');
    expect(await refund(payment.id, 1)).toMatchObject({ status: 400, body: { code: 'payment_not_succeeded' } });
  });

  it('is refused for a payment that does not exist', async () => {
    expect(await refund('sp_nothing', 1)).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});

it('never gives back more than was captured, however many ask at once', async () => {
  const payment = await pay();
  const answers = await Promise.all(Array.from({ length: 30 }, () => refund(payment.id, 100)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(12);
  expect(new Set(answers.filter(({ status }) => status !== 200).map(({ text }) => text))).toEqual(
    new Set([
      JSON.stringify({
        code: 'amount_exceeds_captured',
        message: 'amount: 100 is more than the 55 that can still be refunded',
      }),
    ]),
  );
  expect(await refunded(payment)).toBe(1200);
  expect(await ledgerRefunds(payment)).toBe(1200);
});

describe('a refund that takes time', () => {
  it('is pending, holds its amount, then succeeds', async () => {
    const payment = await pay('pm_card_refund_pending');
    const { body } = await refund(payment.id, 1255);
    expect(body.status).toBe('pending');
    expect(await refund(payment.id, 1)).toMatchObject({ status: 400 });
    expect(await ledgerRefunds(payment)).toBe(0);
    await eventually(
      () => read(body.id),
      ({ status }) => status === 'succeeded',
    );
    expect(await ledgerRefunds(payment)).toBe(1255);
  });

  it('releases its amount when it fails', async () => {
    const payment = await pay('pm_card_refund_failed');
    const { body } = await refund(payment.id, 1255);
    expect(await refunded(payment)).toBe(1255);
    const failed = await eventually(
      () => read(body.id),
      ({ status }) => status === 'failed',
    );
    expect(failed.failure_code).toBe('REFUND_DECLINED');
    expect(await refunded(payment)).toBe(0);
    expect(await ledgerRefunds(payment)).toBe(0);
  });

  it('settles on request', async () => {
    const payment = await pay('pm_card_refund_failed');
    const { body } = await refund(payment.id, 10);
    const settled = await bench.merchant.post('/v1/control/settle', { refund: body.id, outcome: 'succeeded' });
    expect(settled.body).toMatchObject({ id: body.id, status: 'succeeded' });
  });
});
