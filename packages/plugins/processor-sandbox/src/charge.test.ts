import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Currency } from '@payonce/plugin-sdk';
import { paymentResult } from '@payonce/plugin-sdk/schemas';
import { startSandbox } from '@payonce/sandbox';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../../test/setup/mongodb.js';
import { failure, startBench } from './testing/bench.js';
import type { Bench } from './testing/bench.js';
import { callFor, newPayment } from './testing/calls.js';

let database: TestDatabase;
let bench: Bench;

beforeAll(async () => {
  database = await testDatabase('processor sandbox charge');
  bench = await startBench({ ...database, start: startSandbox });
});

afterEach(() => bench.clearFaults());

afterAll(async () => {
  await bench.close();
  await database.close();
});

describe('a charge', () => {
  it('with a known method is captured at once', async () => {
    const result = await bench.adapter.createPayment(newPayment({ paymentMethod: 'pm_card_visa' }));
    expect(result).toEqual({
      status: 'succeeded',
      processorRef: expect.stringMatching(/^sp_/),
      captured: { amount: 1255, currency: 'EUR' },
      method: 'card',
      card: { last4: '4242', network: 'VISA', type: 'CREDIT', issuingCountry: 'US' },
    });
    expect(paymentResult.parse(result)).toEqual(result);
  });

  it('without one sends the buyer to the card page', async () => {
    const result = await bench.adapter.createPayment(newPayment());
    expect(result).toMatchObject({ status: 'requires_action', action: { type: 'redirect' } });
    expect(result.status === 'requires_action' && result.action.type === 'redirect' && result.action.url).toContain(
      `${bench.origin}/pay/`,
    );
    expect(paymentResult.parse(result)).toEqual(result);
  });

  it.each([
    ['pm_card_declined', 'CARD_DECLINED'],
    ['pm_card_insufficient_funds', 'INSUFFICIENT_FUNDS'],
    ['pm_card_that_nobody_knows', 'PAYMENT_METHOD_UNSUPPORTED'],
  ])('with %s is a result, not an error: %s', async (paymentMethod, declineCode) => {
    const result = await bench.adapter.createPayment(newPayment({ paymentMethod }));
    expect(result).toMatchObject({ status: 'failed', declineCode });
    expect(paymentResult.parse(result)).toEqual(result);
  });

  it('is made once when the same key comes again', async () => {
    const request = newPayment({ paymentMethod: 'pm_card_visa' });
    const results = [await bench.adapter.createPayment(request), await bench.adapter.createPayment(request)];
    expect(results[0]).toEqual(results[1]);
    expect(await bench.charges(request.reference)).toBe(1);
  });

  it('takes any text as description, also an empty one', async () => {
    for (const description of ['', ' ', 'a\u0000b\r\nc', '\ud800', '😀'.repeat(400), '<b>']) {
      expect((await bench.adapter.createPayment(newPayment({ description }))).status).toBe('requires_action');
    }
  });

  it('is exact in currencies with no, two and three decimals', async () => {
    for (const [currency, amount] of [
      ['JPY', 1999],
      ['EUR', 1],
      ['KWD', 1234567],
    ] as const) {
      const result = await bench.adapter.createPayment(
        newPayment({ amount: { amount, currency }, paymentMethod: 'pm_card_visa' }),
      );
      expect(result).toMatchObject({ status: 'succeeded', captured: { amount, currency } });
    }
  });

  it.each([
    [{ amount: 0, currency: 'EUR' as Currency }],
    [{ amount: 12.5, currency: 'EUR' as Currency }],
    [{ amount: 1e15, currency: 'EUR' as Currency }],
    [{ amount: 1, currency: 'XXX' as Currency }],
  ])('is refused before anything is sent when the amount is %j', async (amount) => {
    expect(await failure(bench.adapter.createPayment(newPayment({ amount })))).toBe('permanent amount_not_chargeable');
  });

  it('is refused in live mode', async () => {
    expect(await failure(bench.adapter.createPayment({ ...newPayment(), mode: 'live' }))).toBe(
      'permanent sandbox_is_for_tests',
    );
  });

  it('tells what was really captured', async () => {
    await bench.fault({ operation: 'create_payment', effect: 'captured_amount', delta: -1 });
    const result = await bench.adapter.createPayment(newPayment({ paymentMethod: 'pm_card_visa' }));
    expect(result).toMatchObject({ status: 'succeeded', captured: { amount: 1254, currency: 'EUR' } });
  });
});

describe('when the sandbox misbehaves on a charge', () => {
  it.each([
    ['answers 503 before', { effect: 'error_before' }, 'retryable processor_error', 0],
    ['answers 500 after', { effect: 'error_after' }, 'retryable processor_error', 1],
    ['drops the answer', { effect: 'drop_answer' }, 'retryable processor_no_answer', 1],
    ['answers HTML', { effect: 'garbage', garbage: 'html' }, 'retryable processor_answer_invalid', 1],
    ['answers half', { effect: 'garbage', garbage: 'truncated' }, 'retryable processor_answer_invalid', 1],
    ['answers 2 MB', { effect: 'garbage', garbage: 'huge' }, 'retryable processor_answer_invalid', 1],
    [
      'answers a negative amount',
      { effect: 'garbage', garbage: 'negative_amount' },
      'retryable processor_answer_invalid',
      1,
    ],
    [
      'answers about another payment',
      { effect: 'garbage', garbage: 'other_reference' },
      'retryable processor_answer_invalid',
      1,
    ],
    ['limits the rate', { effect: 'rate_limited' }, 'not_sent processor_rate_limited', 0],
    ['answers 409', { effect: 'error_before', status: 409 }, 'retryable processor_error', 0],
    ['answers 422', { effect: 'error_before', status: 422 }, 'retryable processor_error', 0],
    ['answers 401', { effect: 'error_before', status: 401 }, 'permanent processor_refused_key', 0],
  ])('and %s, a look-up tells the truth', async (_how, rule, expected, charged) => {
    await bench.fault({ operation: 'create_payment', ...rule });
    const request = newPayment({ paymentMethod: 'pm_card_visa' });
    expect(await failure(bench.adapter.createPayment(request))).toBe(expected);
    const found = await bench.adapter.retrievePayment(callFor({ reference: request.reference }));
    expect(found.status).toBe(charged === 1 ? 'succeeded' : 'not_found');
    expect(await bench.charges(request.reference)).toBe(charged);
  });

  it('and hangs, the call ends with its signal and the outcome is unknown', async () => {
    await bench.fault({ operation: 'create_payment', effect: 'hang' });
    const request = { ...newPayment({ paymentMethod: 'pm_card_visa' }), signal: AbortSignal.timeout(300) };
    expect(await failure(bench.adapter.createPayment(request))).toBe('retryable processor_no_answer');
    expect((await bench.adapter.retrievePayment(callFor({ reference: request.reference }))).status).toBe('succeeded');
  });

  it('and loses the answer of the card made for it, a look-up finds the charge', async () => {
    const request = newPayment({ paymentMethod: 'pm_card_answer_lost' });
    expect(await failure(bench.adapter.createPayment(request))).toBe('retryable processor_no_answer');
    expect((await bench.adapter.retrievePayment(callFor({ reference: request.reference }))).status).toBe('succeeded');
  });
});
