import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { SUCCEEDED, stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { isSettled, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import { cancelCheckoutSignal } from '../messages/index.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('end of session'));
  at = stepsIn(shop);
});

afterAll(async () => {
  await shop.stop();
  await environment.teardown();
});

beforeEach(() => {
  shop.processor.charges.length = 0;
});

describe('the end of a session', () => {
  it('comes without a payment when nobody pressed Pay', async () => {
    const session = await shop.open({ ttlSeconds: 900 });
    const result = await workflowOf(shop, session).result();
    expect(result).toEqual({ state: 'closed', refunds: 0 });
    expect(await shop.payment(session)).toMatchObject({
      status: null,
      state: { value: { kind: 'closed', reason: 'expired' } },
    });
    expect(await at.eventsOf(session)).toEqual([]);
  });

  it('cancels an open attempt at the processor and says so', async () => {
    shop.processor.charges.push('redirect');
    const session = await shop.open({ ttlSeconds: 900 });
    const { attempt } = await shop.pay(session);
    await workflowOf(shop, session).result();
    expect(shop.processor.resultOf(attempt).status).toBe('cancelled');
    expect(await shop.payment(session)).toMatchObject({ status: 'cancelled' });
    expect(await at.eventsOf(session)).toEqual(expect.arrayContaining(['payment.cancelled']));
  });

  it('is a sale when the money landed on the deadline', async () => {
    shop.processor.charges.push('redirect');
    const session = await shop.open({ ttlSeconds: 30 });
    const { attempt } = await shop.pay(session);
    shop.processor.settle(attempt, 'succeeded');
    await environment.sleep('31 seconds');
    await shop.until(session, isSettled);
  });

  it('refuses a press of Pay that comes after it', async () => {
    const session = await shop.open({ ttlSeconds: 60 });
    await workflowOf(shop, session).result();
    expect((await shop.pay(session)).answer).toEqual({ status: 'refused', reason: 'expired' });
  });

  it('comes at once when the checkout is cancelled before the money moved', async () => {
    const bySignal = await shop.open();
    await workflowOf(shop, bySignal).signal(cancelCheckoutSignal);
    expect(await workflowOf(shop, bySignal).result()).toMatchObject({ state: 'closed' });
    const byCancellation = await shop.open();
    await workflowOf(shop, byCancellation).cancel();
    expect(await workflowOf(shop, byCancellation).result()).toMatchObject({ state: 'closed' });
    expect(await shop.payment(byCancellation)).toMatchObject({ state: { value: { reason: 'cancelled' } } });
  });

  it('honors money that comes after it', async () => {
    shop.processor.charges.push('redirect');
    const session = await shop.open({ ttlSeconds: 60 });
    const { attempt } = await shop.pay(session);
    await workflowOf(shop, session).result();
    shop.processor.settle(attempt, 'succeeded');
    await at.reportLate(session, attempt, SUCCEEDED);
    const payment = await shop.until(session, isSettled);
    expect(payment.status).toBe('succeeded');
    expect(await shop.stores.grants.listByPayment(session.payment)).toMatchObject([{ status: 'delivered' }]);
  });

  it('gives back the money of a second payment', async () => {
    shop.processor.charges.push('redirect');
    const session = await shop.open();
    const first = await shop.pay(session);
    const second = await shop.pay(session);
    expect(second.answer).toEqual({ status: 'succeeded' });
    await shop.until(session, isSettled);
    await shop.stores.attempts.recordOutcome({
      id: first.attempt,
      outcome: {
        status: 'succeeded',
        processorRef: 'sp_late',
        action: null,
        captured: { amount: 1000, currency: 'EUR' },
        card: null,
        method: 'card',
        error: null,
        at: new Date(),
      },
    });
    await at.report(session, first.attempt, SUCCEEDED);
    await environment.sleep('1 minute');
    expect(shop.processor.ledger).toContainEqual({
      kind: 'refund',
      reference: `return_${first.attempt}`,
      amount: { amount: 1000, currency: 'EUR' },
    });
    expect((await shop.payment(session)).attempt?.id).toBe(second.attempt);
  });
});
