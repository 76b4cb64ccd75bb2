import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { paymentLookup } from '@payonce/plugin-sdk/schemas';
import { startSandbox } from '@payonce/sandbox';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../../test/setup/mongodb.js';
import { failure, refOf, startBench } from './testing/bench.js';
import type { Bench } from './testing/bench.js';
import { callFor, newPayment } from './testing/calls.js';

let database: TestDatabase;
let bench: Bench;

beforeAll(async () => {
  database = await testDatabase('processor sandbox lookup');
  bench = await startBench({ ...database, start: startSandbox });
});

afterEach(() => bench.clearFaults());

afterAll(async () => {
  await bench.close();
  await database.close();
});

describe('a look-up', () => {
  it('finds nothing under an unknown reference', async () => {
    expect(await bench.adapter.retrievePayment(callFor({ reference: 'nothing' }))).toEqual({ status: 'not_found' });
  });

  it.each(['requires_action', 'processing', 'succeeded', 'failed'])('tells %s', async (status) => {
    const methods = {
      requires_action: {},
      processing: 'pm_card_processing',
      succeeded: 'pm_card_visa',
      failed: 'pm_card_declined',
    } as const;
    const method = methods[status as keyof typeof methods];
    const request = newPayment(typeof method === 'string' ? { paymentMethod: method } : {});
    const created = await bench.adapter.createPayment(request);
    const found = await bench.adapter.retrievePayment(
      callFor({ reference: request.reference, processorRef: refOf(created) }),
    );
    expect(found).toEqual(created);
    expect(paymentLookup.parse(found)).toEqual(found);
    expect(found.status).toBe(status);
  });

  it('reports the money when one of several payments under our reference was charged, and logs a double charge', async () => {
    const request = newPayment({ paymentMethod: 'pm_card_visa' });
    const open = await bench.adapter.createPayment({
      ...newPayment(),
      reference: request.reference,
      idempotencyKey: 'other',
    });
    const paid = await bench.adapter.createPayment(request);
    const call = callFor({ reference: request.reference, processorRef: refOf(open) });
    expect(await bench.adapter.retrievePayment(call)).toEqual(paid);
    await bench.adapter.createPayment({ ...request, idempotencyKey: 'another' });
    const errors: string[] = [];
    await bench.adapter.retrievePayment({
      ...call,
      logger: { ...call.logger, error: (_fields, message) => errors.push(message) },
    });
    expect(errors).toEqual(['charged more than once']);
  });

  it.each([
    { effect: 'error_before' },
    { effect: 'garbage', garbage: 'html' },
    { effect: 'garbage', garbage: 'other_reference' },
  ])('is retried, never believed, when it meets %j', async (rule) => {
    const request = newPayment({ paymentMethod: 'pm_card_visa' });
    await bench.adapter.createPayment(request);
    await bench.fault({ operation: 'retrieve_payment', ...rule });
    expect(await failure(bench.adapter.retrievePayment(callFor({ reference: request.reference })))).toMatch(
      /^retryable /,
    );
  });
});

describe('a cancel', () => {
  const cancelOf = async (paymentMethod?: string): Promise<unknown> => {
    const request = newPayment(paymentMethod === undefined ? {} : { paymentMethod });
    await bench.adapter.createPayment(request);
    return bench.adapter.cancel(callFor({ reference: request.reference }));
  };

  it('ends what waits for the buyer, and may be repeated', async () => {
    const request = newPayment();
    await bench.adapter.createPayment(request);
    const call = callFor({ reference: request.reference });
    expect([await bench.adapter.cancel(call), await bench.adapter.cancel(call)]).toEqual([
      { status: 'cancelled' },
      { status: 'cancelled' },
    ]);
    expect((await bench.adapter.retrievePayment(call)).status).toBe('cancelled');
  });

  it('tells of money that came first, and of what is under way', async () => {
    expect(await cancelOf('pm_card_visa')).toMatchObject({
      status: 'succeeded',
      captured: { amount: 1255, currency: 'EUR' },
    });
    expect(await cancelOf('pm_card_processing')).toEqual({ status: 'processing' });
    expect(await cancelOf('pm_card_declined')).toEqual({ status: 'cancelled' });
    expect(await cancelOf('pm_card_3ds')).toEqual({ status: 'cancelled' });
  });

  it('tells what became of a processing payment when it is repeated under the same key', async () => {
    const request = newPayment({ paymentMethod: 'pm_card_processing' });
    const created = await bench.adapter.createPayment(request);
    const call = callFor({ reference: request.reference });
    expect(await bench.adapter.cancel(call)).toEqual({ status: 'processing' });
    await bench.settle(created, 'succeeded');
    expect((await bench.adapter.cancel(call)).status).toBe('succeeded');
  });

  it('does not know when there is nothing to cancel: a request may still be under way', async () => {
    expect(await bench.adapter.cancel(callFor({ reference: 'nothing' }))).toEqual({ status: 'unknown' });
  });

  it('is retried when the sandbox is down', async () => {
    const request = newPayment();
    await bench.adapter.createPayment(request);
    await bench.fault({ operation: 'cancel', effect: 'error_before' });
    expect(await failure(bench.adapter.cancel(callFor({ reference: request.reference })))).toBe(
      'retryable processor_error',
    );
  });
});
