import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { refundResult } from '@payonce/plugin-sdk/schemas';
import { startSandbox } from '@payonce/sandbox';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../../test/setup/mongodb.js';
import { failure, refOf, startBench } from './testing/bench.js';
import type { Bench } from './testing/bench.js';
import { callFor, newPayment } from './testing/calls.js';

let database: TestDatabase;
let bench: Bench;

beforeAll(async () => {
  database = await testDatabase('processor sandbox refund');
  bench = await startBench({ ...database, start: startSandbox });
});

afterEach(() => bench.clearFaults());

afterAll(async () => {
  await bench.close();
  await database.close();
});

describe('a refund', () => {
  const paid = async (paymentMethod = 'pm_card_visa') => {
    const request = newPayment({ paymentMethod });
    const payment = { reference: request.reference, processorRef: refOf(await bench.adapter.createPayment(request)) };
    return (amount = 100) => ({
      ...callFor({ reference: `refund-of-${request.reference}` }),
      payment,
      amount: { amount, currency: 'EUR' as const },
    });
  };

  it('is made once per key and found by its reference', async () => {
    const refundOf = await paid();
    const request = refundOf(100);
    const results = [await bench.adapter.refund(request), await bench.adapter.refund(request)];
    expect(results[0]).toEqual(results[1]);
    expect(results[0]).toMatchObject({ status: 'succeeded', refunded: { amount: 100, currency: 'EUR' } });
    expect(refundResult.parse(results[0])).toEqual(results[0]);
    expect(await bench.adapter.retrieveRefund(callFor({ reference: request.reference }))).toEqual(results[0]);
  });

  it('that is too much fails as a result', async () => {
    const refundOf = await paid();
    expect(await bench.adapter.refund(refundOf(1256))).toMatchObject({
      status: 'failed',
      code: 'amount_exceeds_captured',
    });
  });

  it('may be pending', async () => {
    const refundOf = await paid('pm_card_refund_pending');
    expect((await bench.adapter.refund(refundOf())).status).toBe('pending');
  });

  it('is not found before it was asked for', async () => {
    expect(await bench.adapter.retrieveRefund(callFor({ reference: 'nothing' }))).toEqual({ status: 'not_found' });
  });

  it.each([
    [{ effect: 'error_after' }, 'retryable processor_error', 'succeeded'],
    [{ effect: 'drop_answer' }, 'retryable processor_no_answer', 'succeeded'],
    [{ effect: 'garbage', garbage: 'other_reference' }, 'retryable processor_answer_invalid', 'succeeded'],
    [{ effect: 'error_before' }, 'retryable processor_error', 'not_found'],
    [{ effect: 'rate_limited' }, 'not_sent processor_rate_limited', 'not_found'],
  ])('that meets %j is %s, and a look-up says %s', async (rule, expected, status) => {
    const refundOf = await paid();
    await bench.fault({ operation: 'refund', ...rule });
    expect(await failure(bench.adapter.refund(refundOf()))).toBe(expected);
    expect((await bench.adapter.retrieveRefund(callFor({ reference: refundOf().reference }))).status).toBe(status);
  });
});
