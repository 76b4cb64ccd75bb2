import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from '../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../test/setup/mongodb.js';
import { newPayment, startBench } from './testing/bench.js';
import type { Bench } from './testing/bench.js';
import { eventually } from './testing/merchant.js';
import type { WirePayment } from './wire.js';

interface Ledger {
  readonly entries: readonly {
    readonly kind: string;
    readonly payment: string;
    readonly amount: number;
    readonly currency: string;
  }[];
}
interface Items {
  readonly items: readonly WirePayment[];
}

let database: TestDatabase;
let bench: Bench;

beforeAll(async () => {
  database = await testDatabase('sandbox payments');
  bench = await startBench(database);
});

afterAll(async () => {
  await bench.close();
  await database.close();
});

const create = async (fields?: Readonly<Record<string, unknown>>): Promise<WirePayment> =>
  (await bench.merchant.post<WirePayment>('/v1/payments', newPayment(fields))).body;
const read = async (id: string): Promise<WirePayment> =>
  (await bench.merchant.get<WirePayment>(`/v1/payments/${id}`)).body;
const ledger = async (reference: string): Promise<Ledger['entries']> =>
  (await bench.merchant.get<Ledger>(`/v1/ledger?reference=${reference}`)).body.entries;

describe('a payment without a method', () => {
  it('waits for the buyer on the card page', async () => {
    const payment = await create({ metadata: { shop: 'one' } });
    expect(payment).toMatchObject({
      status: 'requires_action',
      amount: 1255,
      amount_captured: 0,
      currency: 'EUR',
      metadata: { shop: 'one' },
    });
    expect(payment.id).toMatch(/^sp_/);
    expect(payment.action?.url).toMatch(new RegExp(`^${bench.origin}/pay/spay_`));
    expect(await read(payment.id)).toEqual(payment);
    expect(await ledger(payment.reference)).toEqual([]);
  });

  it('is cancelled once, and stays cancelled', async () => {
    const { id } = await create();
    const cancelled = await bench.merchant.post<WirePayment>(`/v1/payments/${id}/cancel`);
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect((await bench.merchant.post<WirePayment>(`/v1/payments/${id}/cancel`)).body).toEqual(cancelled.body);
  });
});

describe('a payment with a token', () => {
  it('is captured at once, and the ledger says so', async () => {
    const payment = await create({ payment_method: 'pm_card_visa' });
    expect(payment).toMatchObject({
      status: 'succeeded',
      amount_captured: 1255,
      card: { last4: '4242', network: 'visa', type: 'credit', issuing_country: 'US' },
    });
    expect(payment.action).toBeUndefined();
    expect(await ledger(payment.reference)).toMatchObject([
      { kind: 'charge', payment: payment.id, amount: 1255, currency: 'EUR' },
    ]);
  });

  it.each([
    ['pm_card_declined', 'CARD_DECLINED'],
    ['pm_card_insufficient_funds', 'INSUFFICIENT_FUNDS'],
  ])('%s fails with %s and moves no money', async (token, code) => {
    const payment = await create({ payment_method: token });
    expect(payment).toMatchObject({ status: 'failed', decline_code: code, amount_captured: 0 });
    expect(await ledger(payment.reference)).toEqual([]);
  });

  it('sends the buyer to the challenge when the card wants 3-D Secure', async () => {
    const payment = await create({ payment_method: 'pm_card_3ds' });
    expect(payment.status).toBe('requires_action');
    expect(payment.action?.url).toMatch(/\/challenge$/);
  });

  it.each([
    ['pm_card_processing', 'succeeded', 1255],
    ['pm_card_processing_failed', 'failed', 0],
  ])('%s stays processing, then is %s', async (token, status, captured) => {
    const payment = await create({ payment_method: token });
    expect(payment).toMatchObject({ status: 'processing', amount_captured: 0 });
    const settled = await eventually(
      () => read(payment.id),
      (now) => now.status !== 'processing',
    );
    expect(settled).toMatchObject({ status, amount_captured: captured });
  });

  it('settles a processing payment on request, with the outcome asked for', async () => {
    const { id } = await create({ payment_method: 'pm_card_processing' });
    const settled = await bench.merchant.post<WirePayment>('/v1/control/settle', { payment: id, outcome: 'failed' });
    expect(settled.body).toMatchObject({ status: 'failed', decline_code: 'PROCESSING_ERROR' });
    expect(
      (await bench.merchant.post<WirePayment>('/v1/control/settle', { payment: id, outcome: 'succeeded' })).body.status,
    ).toBe('failed');
  });

  it('charges and then says nothing when the answer is to be lost; a look-up finds it', async () => {
    const request = newPayment({ payment_method: 'pm_card_answer_lost' });
    await expect(bench.merchant.post('/v1/payments', request)).rejects.toThrow('fetch failed');
    const found = await bench.merchant.get<Items>(`/v1/payments?reference=${String(request['reference'])}`);
    expect(found.body.items).toMatchObject([{ status: 'succeeded', amount_captured: 1255 }]);
  });

  it('is not cancelled any more: the answer tells what it is', async () => {
    const paid = await create({ payment_method: 'pm_card_visa' });
    expect(await bench.merchant.post(`/v1/payments/${paid.id}/cancel`)).toMatchObject({
      status: 200,
      body: { status: 'succeeded' },
    });
    const open = await create({ payment_method: 'pm_card_processing' });
    expect(await bench.merchant.post(`/v1/payments/${open.id}/cancel`)).toMatchObject({
      status: 200,
      body: { status: 'processing' },
    });
  });
});

it('does not keep references unique: two calls are two payments and two charges, listed newest first', async () => {
  const request = newPayment({ payment_method: 'pm_card_visa' });
  const first = await bench.merchant.post<WirePayment>('/v1/payments', request);
  await new Promise((resolve) => setTimeout(resolve, 5));
  const second = await bench.merchant.post<WirePayment>('/v1/payments', request);
  const found = await bench.merchant.get<Items>(`/v1/payments?reference=${first.body.reference}`);
  expect(found.body.items.map(({ id }) => id)).toEqual([second.body.id, first.body.id]);
  expect(await ledger(first.body.reference)).toHaveLength(2);
});

it('moves a payment once when a cancel and many settlements race', async () => {
  const payment = await create({ payment_method: 'pm_card_processing' });
  const settle = (outcome: string) => bench.merchant.post('/v1/control/settle', { payment: payment.id, outcome });
  await Promise.all(Array.from({ length: 20 }, (_, index) => settle(index % 2 === 0 ? 'succeeded' : 'failed')));
  const { status, amount_captured: captured } = await read(payment.id);
  const entries = await ledger(payment.reference);
  expect(entries).toHaveLength(status === 'succeeded' ? 1 : 0);
  expect(captured).toBe(status === 'succeeded' ? 1255 : 0);
});
