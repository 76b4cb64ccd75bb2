import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ProcessorAdapter } from '@payonce/plugin-sdk';
import { cancelResult } from '@payonce/plugin-sdk/schemas';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { TEST_KEYS, adapterFor, callFor, newPayment, press, redirectOf, refOf } from './testing/bench.js';
import { startFakeStripe } from './testing/fake-stripe.js';
import type { FakeStripe } from './testing/fake-stripe.js';

let fake: FakeStripe;
let adapter: ProcessorAdapter;

beforeAll(async () => {
  fake = await startFakeStripe(TEST_KEYS);
  adapter = await adapterFor({ fake, host: memoryHost() });
});

afterAll(() => fake.close());

/** A page, what the buyer did on it, and how a cancel ends: by our reference, by Stripe's id, and again. */
async function cancelled(methods: readonly string[], own: Parameters<typeof newPayment>[0] = {}) {
  const request = newPayment(own);
  const { reference } = request;
  const result = await adapter.createPayment(request);
  const pages: string[] = [];
  for (const payment_method of methods) pages.push((await press(redirectOf(result), { payment_method })).location);
  const first = await adapter.cancel(callFor({ reference }));
  expect(cancelResult.parse(first)).toEqual(first);
  expect(await adapter.cancel(callFor({ reference, processorRef: refOf(result) }))).toEqual(first);
  return { first, reference, result, pages };
}

it('expires an open page: nobody can pay on it any more', async () => {
  const { first, reference, result } = await cancelled([]);
  expect(first).toEqual({ status: 'cancelled' });
  expect((await press(redirectOf(result), { payment_method: 'pm_card_visa' })).status).toBe(404);
  expect((await adapter.retrievePayment(callFor({ reference }))).status).toBe('cancelled');
  expect(fake.movements(reference)).toEqual([]);
});

it('cancels what a declined card left behind on a page', async () => {
  const { first } = await cancelled(['pm_card_chargeDeclined']);
  expect(first).toEqual({ status: 'cancelled' });
  expect(fake.books.intents[0]?.status).toBe('canceled');
});

it('ends the page of a buyer who is at the bank: what they confirm there charges nothing', async () => {
  const { first, reference, pages } = await cancelled(['pm_card_threeDSecure2Required']);
  expect(first).toEqual({ status: 'cancelled' });
  expect((await press(pages[0] ?? '', { outcome: 'succeed' })).status).toBe(404);
  expect(fake.movements(reference)).toEqual([]);
});

it('answers a paid page with the payment', async () => {
  const { first } = await cancelled(['pm_card_visa']);
  expect(first).toMatchObject({ status: 'succeeded', captured: { amount: 1255, currency: 'EUR' } });
});

it('waits for a slow method', async () => {
  expect((await cancelled(['pm_usBankAccount_success'])).first).toEqual({ status: 'processing' });
  expect((await cancelled([], { paymentMethod: 'pm_usBankAccount_success' })).first).toEqual({ status: 'processing' });
});

it('cancels a token whose buyer is at the bank', async () => {
  const { first, reference } = await cancelled([], { paymentMethod: 'pm_card_threeDSecure2Required' });
  expect(first).toEqual({ status: 'cancelled' });
  expect((await adapter.retrievePayment(callFor({ reference }))).status).toBe('cancelled');
});

it('calls a declined token cancelled', async () => {
  expect((await cancelled([], { paymentMethod: 'pm_card_chargeDeclined' })).first).toEqual({ status: 'cancelled' });
});

it('calls nothing cancelled that Stripe refuses to cancel: a declined token may take another card', async () => {
  const request = newPayment({ paymentMethod: 'pm_card_chargeDeclined' });
  const { reference } = request;
  await adapter.createPayment(request);
  fake.faults.answer({ status: 400, text: '{"error":{"type":"invalid_request_error"}}', to: /\/cancel$/ });
  const refused = await adapter.cancel(callFor({ reference }));
  fake.faults.clear();
  expect(refused).toEqual({ status: 'unknown' });
  expect(await adapter.cancel(callFor({ reference }))).toEqual({ status: 'cancelled' });
});

it('does not know about what it cannot find: the request may still be on its way', async () => {
  expect(await adapter.cancel(callFor({ reference: 'att_never_sent' }))).toEqual({ status: 'unknown' });
});

it('tells of a payment that was faster', async () => {
  const request = newPayment();
  const result = await adapter.createPayment(request);
  const [cancel] = await Promise.all([
    adapter.cancel(callFor({ reference: request.reference, processorRef: refOf(result) })),
    press(redirectOf(result), { payment_method: 'pm_card_visa' }),
  ]);
  const moved = fake.movements(request.reference);
  expect(cancel.status).toBe(moved.length === 0 ? 'cancelled' : 'succeeded');
});
