import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { ProcessorAdapter, RefundPayment } from '@payonce/plugin-sdk';
import { refundResult } from '@payonce/plugin-sdk/schemas';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { TEST_KEYS, adapterFor, callFor, failure, newPayment, press, redirectOf, refOf } from './testing/bench.js';
import { createRefund, endRefund } from './testing/fake-refunds.js';
import { startFakeStripe } from './testing/fake-stripe.js';
import type { FakeStripe } from './testing/fake-stripe.js';

let fake: FakeStripe;
let adapter: ProcessorAdapter;
let forgetful: ProcessorAdapter;

beforeAll(async () => {
  fake = await startFakeStripe(TEST_KEYS);
  adapter = await adapterFor({ fake, host: memoryHost() });
  forgetful = await adapterFor({ fake, host: memoryHost() });
});

afterEach(() => fake.faults.clear());
afterAll(() => fake.close());

/** A refund of a payment that was just made. */
async function refundOfNew(own: Partial<RefundPayment> = {}, paymentMethod = 'pm_card_visa'): Promise<RefundPayment> {
  const request = newPayment({ paymentMethod });
  const processorRef = refOf(await adapter.createPayment(request));
  const reference = request.reference.replace('att', 'ref');
  const payment = { reference: request.reference, processorRef };
  return callFor({ reference, payment, amount: { amount: 500, currency: 'EUR' as const }, ...own });
}

/** Refunds that others made meanwhile. */
async function refundOthers(count: number): Promise<void> {
  const { processorRef: intent } = (await refundOfNew()).payment;
  for (let number = 0; number < count; number += 1) createRefund(fake.books, { intent, amount: 1, metadata: {} });
}

const look = (by: ProcessorAdapter, reference: string, processorRef?: string) =>
  by.retrieveRefund(callFor({ reference, ...(processorRef !== undefined && { processorRef }) }));

it('is made once per key, under our reference and with our reason as a note', async () => {
  const request = await refundOfNew({ reason: 'it did\u0000 not fit' });
  const results = [await adapter.refund(request), await adapter.refund(request)];
  const [result] = results;
  expect(results[1]).toEqual(result);
  expect(refundResult.parse(result)).toEqual(result);
  expect(result).toMatchObject({ status: 'succeeded', refunded: request.amount });
  expect(fake.books.refunds[0]?.metadata).toEqual({
    payonce_reference: request.reference,
    payonce_reason: 'it did  not fit',
  });
  for (const by of [adapter, forgetful]) expect(await look(by, request.reference)).toEqual(result);
  expect(await look(adapter, request.reference, 're_gone')).toEqual(result);
});

it('is never called not found because what Stripe says of it cannot be read', async () => {
  const request = await refundOfNew();
  await adapter.refund(request);
  Object.assign(fake.books.refunds[0] ?? {}, { status: 'something_new' });
  expect(await failure(look(adapter, request.reference))).toBe('retryable processor_answer_invalid');
});

it('can be pending, and then succeed or fail', async () => {
  for (const outcome of ['succeed', 'fail'] as const) {
    const request = await refundOfNew({}, 'pm_card_pendingRefund');
    const { reference } = request;
    expect((await adapter.refund(request)).status).toBe('pending');
    expect((await look(adapter, reference)).status).toBe('pending');
    const [refund] = fake.books.refunds;
    if (refund) endRefund(fake.books, refund, outcome);
    expect(await look(adapter, reference, refund?.id)).toMatchObject(
      outcome === 'succeed' ? { status: 'succeeded' } : { status: 'failed', code: 'expired_or_canceled_card' },
    );
  }
});

it('whose answer is lost is found by the payment that was noted, at one request', async () => {
  const request = await refundOfNew();
  fake.faults.loseNextAnswer();
  expect(await failure(adapter.refund(request))).toBe('retryable processor_no_answer');
  await refundOthers(150);
  const before = fake.asked.length;
  expect((await look(adapter, request.reference)).status).toBe('succeeded');
  expect(fake.asked.slice(before)).toEqual(['GET /v1/refunds']);
});

it('is found among all that were ever made when the notes are lost, and never missed before the end', async () => {
  const request = await refundOfNew();
  await adapter.refund(request);
  await refundOthers(250);
  expect((await look(forgetful, request.reference)).status).toBe('succeeded');
  expect(await look(forgetful, 'ref_of_nobody')).toEqual({ status: 'not_found' });
});

it('of a payment that is known by its page finds the payment behind it', async () => {
  const request = newPayment();
  const page = await adapter.createPayment(request);
  await press(redirectOf(page), { payment_method: 'pm_card_visa' });
  const payment = { reference: request.reference, processorRef: refOf(page) };
  const amount = { amount: 1255, currency: 'EUR' as const };
  expect(await adapter.refund(callFor({ reference: 'ref_by_page', payment, amount }))).toMatchObject({
    status: 'succeeded',
  });
  expect(await adapter.refund(callFor({ reference: 'ref_again', payment, amount }))).toMatchObject({
    status: 'failed',
    code: 'charge_already_refunded',
  });
});

it('that is too much, or of nothing, fails as a result', async () => {
  const { amount, ...request } = await refundOfNew();
  expect(await adapter.refund({ ...request, amount: { ...amount, amount: 1256 } })).toMatchObject({ status: 'failed' });
  const nowhere = { reference: 'att_x', processorRef: 'pi_gone' };
  expect(await adapter.refund(callFor({ reference: 'ref_gone', payment: nowhere, amount }))).toMatchObject({
    status: 'failed',
    code: 'resource_missing',
  });
});

it('that Stripe cannot make exactly is refused before it is asked', async () => {
  const request = await refundOfNew({ amount: { amount: 1234, currency: 'KWD' } });
  const before = fake.asked.length;
  expect(await failure(adapter.refund(request))).toBe('permanent amount_not_chargeable');
  expect(fake.asked.length).toBe(before);
});
