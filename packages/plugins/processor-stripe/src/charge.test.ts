import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProcessorAdapter } from '@payonce/plugin-sdk';
import { paymentResult } from '@payonce/plugin-sdk/schemas';
import { memoryHost } from '@payonce/plugin-sdk/testing';
import { TEST_KEYS, adapterFor, callFor, failure, newPayment, press, redirectOf, refOf } from './testing/bench.js';
import { settleIntent } from './testing/fake-intents.js';
import { startFakeStripe } from './testing/fake-stripe.js';
import type { FakeStripe } from './testing/fake-stripe.js';

let fake: FakeStripe;
let adapter: ProcessorAdapter;

beforeAll(async () => {
  fake = await startFakeStripe(TEST_KEYS);
  adapter = await adapterFor({ fake, host: memoryHost() });
});

afterEach(() => fake.faults.clear());
afterAll(() => fake.close());

const withToken = (paymentMethod: string) => newPayment({ paymentMethod });
const statusOf = async (reference: string) => (await adapter.retrievePayment(callFor({ reference }))).status;

describe('a page', () => {
  it('asks for the exact total under our reference', async () => {
    const request = newPayment();
    const result = await adapter.createPayment(request);
    expect(paymentResult.parse(result)).toEqual(result);
    expect(redirectOf(result)).toContain('/pay/cs_test_');
    expect(fake.books.sessions[0]).toMatchObject({
      amount_total: 1255,
      currency: 'eur',
      client_reference_id: request.reference,
      metadata: { payonce_reference: request.reference },
      success_url: request.returnUrl,
      cancel_url: request.returnUrl,
    });
  });

  it('is opened once per key', async () => {
    const request = newPayment();
    const results = [await adapter.createPayment(request), await adapter.createPayment(request)];
    expect(results[0]).toEqual(results[1]);
    const opened = fake.books.sessions.filter(({ client_reference_id }) => client_reference_id === request.reference);
    expect(opened).toHaveLength(1);
  });

  it('that the buyer pays is a captured payment, with its card, and the buyer comes back', async () => {
    const request = newPayment();
    const back = await press(redirectOf(await adapter.createPayment(request)), { payment_method: 'pm_card_visa' });
    expect(back).toEqual({ status: 303, location: request.returnUrl });
    expect(await adapter.retrievePayment(callFor({ reference: request.reference }))).toEqual({
      status: 'succeeded',
      processorRef: expect.stringMatching(/^pi_/),
      captured: request.amount,
      method: 'card',
      card: { last4: '4242', network: 'VISA', type: 'CREDIT', issuingCountry: 'US' },
    });
  });

  it('on which a card is declined can still be paid: nothing failed yet', async () => {
    const { reference, ...request } = newPayment();
    const result = await adapter.createPayment({ reference, ...request });
    expect((await press(redirectOf(result), { payment_method: 'pm_card_chargeDeclined' })).status).toBe(402);
    const [intent] = fake.books.intents;
    for (const processorRef of [refOf(result), intent?.id ?? '', undefined]) {
      const known = { reference, ...(processorRef !== undefined && { processorRef }) };
      expect(await adapter.retrievePayment(callFor(known))).toEqual(result);
    }
    await press(redirectOf(result), { payment_method: 'pm_card_visa' });
    expect(await statusOf(reference)).toBe('succeeded');
  });

  it('waits while the buyer is at the bank', async () => {
    const request = newPayment();
    const result = await adapter.createPayment(request);
    const bank = await press(redirectOf(result), { payment_method: 'pm_card_threeDSecure2Required' });
    expect(bank.location).toContain('/3ds/');
    expect(await adapter.retrievePayment(callFor({ reference: request.reference }))).toEqual(result);
    expect((await press(bank.location, { outcome: 'succeed' })).location).toBe(request.returnUrl);
    expect(await statusOf(request.reference)).toBe('succeeded');
  });

  it.each(['', ' ', 'a\u0000b', '\ud800', '😀'.repeat(400)])('takes the description %j', async (description) => {
    expect((await adapter.createPayment(newPayment({ description }))).status).toBe('requires_action');
  });
});

describe('a token', () => {
  it('is charged at once', async () => {
    const result = await adapter.createPayment(withToken('pm_card_visa'));
    expect(paymentResult.parse(result)).toEqual(result);
    expect(result).toMatchObject({
      status: 'succeeded',
      captured: { amount: 1255, currency: 'EUR' },
      method: 'card',
      card: { last4: '4242', network: 'VISA' },
    });
  });

  it.each([
    ['succeed', { status: 'succeeded' }],
    ['fail', { status: 'failed', declineCode: 'AUTHENTICATION_FAILURE' }],
  ])('may send the buyer to the bank, who lets it %s', async (outcome, end) => {
    const request = withToken('pm_card_threeDSecure2Required');
    const result = await adapter.createPayment(request);
    expect(await press(redirectOf(result), { outcome })).toEqual({ status: 303, location: request.returnUrl });
    expect(await adapter.retrievePayment(callFor({ reference: request.reference }))).toMatchObject(end);
  });

  it.each([
    ['succeed', { status: 'succeeded', captured: { amount: 1255, currency: 'EUR' } }],
    ['fail', { status: 'failed', declineCode: 'PAYMENT_METHOD_PROVIDER_DECLINED' }],
  ] as const)('of a slow method is processing, and may %s days later', async (outcome, end) => {
    const request = withToken('pm_usBankAccount_success');
    const result = await adapter.createPayment(request);
    expect(result).toEqual({ status: 'processing', processorRef: expect.any(String) });
    const [intent] = fake.books.intents;
    if (intent) settleIntent(fake.books, intent, outcome);
    const { reference } = request;
    expect(await adapter.retrievePayment(callFor({ reference, processorRef: refOf(result) }))).toMatchObject(end);
  });

  it.each([
    ['pm_card_chargeDeclined', 'GENERIC_DECLINE'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'INSUFFICIENT_FUNDS'],
    ['pm_card_chargeDeclinedLostCard', 'LOST_CARD'],
    ['pm_card_chargeDeclinedExpiredCard', 'EXPIRED_CARD'],
    ['pm_card_that_nobody_knows', 'PAYMENT_METHOD_UNSUPPORTED'],
    ['not a method', 'PAYMENT_METHOD_UNSUPPORTED'],
  ])('%s is declined as a result: %s', async (paymentMethod, declineCode) => {
    const request = withToken(paymentMethod);
    const result = await adapter.createPayment(request);
    expect(paymentResult.parse(result)).toEqual(result);
    expect(result).toMatchObject({ status: 'failed', declineCode });
    expect(fake.movements(request.reference)).toEqual([]);
  });

  it('is charged once per key, and other parameters under the key leave the outcome open', async () => {
    const request = withToken('pm_card_visa');
    const results = [await adapter.createPayment(request), await adapter.createPayment(request)];
    expect(results[0]).toEqual(results[1]);
    const other = { ...request, amount: { ...request.amount, amount: 2000 } };
    expect(await failure(adapter.createPayment(other))).toBe('retryable processor_error');
    expect(fake.movements(request.reference)).toHaveLength(1);
  });
});

describe('captured by hand', () => {
  const manual = () => adapterFor({ fake, host: memoryHost(), options: { captureMethod: 'manual' } });

  it('a charge is authorized first, then captured, once', async () => {
    const byHand = await manual();
    const request = withToken('pm_card_visa');
    const { reference, amount } = request;
    const authorized = await byHand.createPayment(request);
    expect(authorized).toEqual({ status: 'authorized', processorRef: expect.any(String), authorized: amount });
    expect(fake.movements(reference)).toEqual([]);
    const capturing = callFor({ reference, processorRef: refOf(authorized), amount });
    for (const time of ['first', 'second'])
      expect({ time, result: await byHand.capture?.(capturing) }).toMatchObject({
        result: { status: 'succeeded', captured: amount },
      });
    expect(fake.movements(reference)).toHaveLength(1);
    expect(fake.keys.filter((key) => key === capturing.idempotencyKey)).toHaveLength(1);
  });

  it('a page is authorized when the buyer pays, and a cancel lets the money go', async () => {
    const byHand = await manual();
    const { reference, amount, ...request } = newPayment();
    await press(redirectOf(await byHand.createPayment({ reference, amount, ...request })), {
      payment_method: 'pm_card_visa',
    });
    expect((await byHand.retrievePayment(callFor({ reference }))).status).toBe('authorized');
    expect(await byHand.cancel(callFor({ reference }))).toEqual({ status: 'cancelled' });
    expect(await byHand.capture?.(callFor({ reference, amount }))).toMatchObject({ status: 'cancelled' });
    expect(fake.movements(reference)).toEqual([]);
  });
});

describe('when Stripe misbehaves', () => {
  const error = (type: string, code?: string) =>
    JSON.stringify({ error: { type, code, message: 'to ada@example.com' } });

  it.each([
    [500, error('api_error'), 'retryable processor_error'],
    [503, '<html>busy</html>', 'retryable processor_no_answer'],
    [409, error('idempotency_error', 'idempotency_key_in_use'), 'retryable processor_error'],
    [400, error('idempotency_error'), 'retryable processor_error'],
    [429, error('rate_limit_error'), 'not_sent processor_rate_limited'],
    [401, error('invalid_request_error'), 'permanent processor_refused_key'],
    [403, error('invalid_request_error'), 'permanent processor_refused_key'],
    [400, error('invalid_request_error', 'parameter_unknown'), 'permanent processor_refused_request'],
    [302, '', 'retryable processor_redirected'],
    [200, '{', 'retryable processor_no_answer'],
    [200, '{}', 'retryable processor_answer_invalid'],
    [200, `{"a":"${'x'.repeat(5_000_000)}"}`, 'retryable processor_answer_invalid'],
  ])('and answers %i %s', async (status, text, expected) => {
    fake.faults.answer({ status, text });
    expect(await failure(adapter.createPayment(withToken('pm_card_visa')))).toBe(expected);
    expect(await failure(adapter.createPayment(newPayment()))).toBe(expected);
  });

  it('with amounts, they are a decline', async () => {
    fake.faults.answer({ status: 400, text: error('invalid_request_error', 'amount_too_small') });
    expect(await adapter.createPayment(newPayment())).toMatchObject({
      status: 'failed',
      declineCode: 'INVALID_AMOUNT',
    });
  });

  it('and asks to wait, the wait is handed on', async () => {
    fake.faults.answer({ status: 429, text: error('rate_limit_error'), headers: { 'retry-after': '7' } });
    await expect(adapter.createPayment(newPayment())).rejects.toMatchObject({ retryAfterMs: 7_000 });
  });

  it.each([
    { status: 500, text: error('api_error') },
    { status: 307, text: '', headers: { location: '/v1/elsewhere' } },
  ])('nothing is asked twice by itself: $status', async (reply) => {
    fake.faults.answer(reply);
    const before = fake.asked.length;
    await failure(adapter.createPayment(newPayment()));
    expect(fake.asked.length - before).toBe(1);
  });
});

it('asks nothing of Stripe while it cannot note what it asks', async () => {
  const broken = async () => Promise.reject(new Error('the store is away'));
  const store = { get: broken, insert: broken, replace: broken, remove: broken, list: broken };
  const forgetful = await adapterFor({ fake, host: { store: () => store } });
  const before = fake.asked.length;
  expect(await failure(forgetful.createPayment(newPayment()))).toBe('not_sent note_not_written');
  expect(fake.asked.length).toBe(before);
});

it('has a key per mode', async () => {
  expect(await failure(adapter.createPayment({ ...newPayment(), mode: 'live' }))).toBe(
    'permanent stripe_mode_not_configured',
  );
});
