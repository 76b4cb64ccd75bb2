import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { SUCCEEDED, stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { isSettled, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('redirected charge'));
  at = stepsIn(shop);
});

afterAll(async () => {
  await shop.stop();
  await environment.teardown();
});

beforeEach(() => {
  shop.processor.charges.length = 0;
  shop.processor.cancels.length = 0;
});

describe('a charge that its buyer finishes elsewhere', () => {
  it('is paid by the report of the processor', async () => {
    const { session, attempt } = await at.redirected();
    expect(await shop.payment(session)).toMatchObject({ status: 'requires_customer_action' });
    shop.processor.settle(attempt, 'succeeded');
    await at.report(session, attempt, SUCCEEDED);
    await shop.until(session, isSettled);
  });

  it('is paid once by a report that comes twice', async () => {
    const { session, attempt } = await at.redirected();
    await at.report(session, attempt, SUCCEEDED);
    await at.report(session, attempt, SUCCEEDED);
    await shop.until(session, isSettled);
    const types = await at.eventsOf(session);
    expect(types.filter((type) => type === 'payment.succeeded')).toHaveLength(1);
    expect(await shop.stores.grants.listByPayment(session.payment)).toHaveLength(1);
  });

  it('is looked up when the buyer returns', async () => {
    const { session, attempt } = await at.redirected();
    shop.processor.settle(attempt, 'succeeded');
    await shop.client.buyerReturned({ ...session, session: session.id, attempt });
    await shop.until(session, isSettled);
  });

  it('is looked up after a minute when nobody says anything', async () => {
    const { session, attempt } = await at.redirected();
    shop.processor.settle(attempt, 'succeeded');
    await environment.sleep('70 seconds');
    await shop.until(session, isSettled);
  });

  it('fails when the buyer gives up, and stays payable', async () => {
    const { session, attempt } = await at.redirected();
    shop.processor.settle(attempt, 'cancelled');
    await shop.client.buyerReturned({ ...session, session: session.id, attempt });
    await shop.until(session, ({ status }) => status === 'failed');
    expect((await shop.pay(session)).answer).toEqual({ status: 'succeeded' });
  });

  it('is cancelled at the processor before a new attempt', async () => {
    const { session, attempt } = await at.redirected();
    const second = await shop.pay(session);
    expect(second.answer).toEqual({ status: 'succeeded' });
    expect(shop.processor.calls).toContain(`cancel ${attempt}`);
    expect(shop.processor.resultOf(attempt).status).toBe('cancelled');
  });

  it('wins over a new attempt when it turns out to be paid', async () => {
    const { session, attempt } = await at.redirected();
    shop.processor.settle(attempt, 'succeeded');
    const second = await shop.pay(session);
    expect(second.answer).toEqual({ status: 'succeeded' });
    expect(at.chargesOf(second.attempt)).toHaveLength(0);
    expect((await shop.until(session, isSettled)).attempt?.id).toBe(attempt);
  });

  it('blocks a new attempt while a cancel leaves it open', async () => {
    const { session } = await at.redirected();
    shop.processor.cancels.push('processing');
    const second = await shop.pay(session);
    expect(second.answer).toEqual({ status: 'refused', reason: 'previous_payment_pending' });
    expect(await shop.payment(session)).toMatchObject({ status: 'processing' });
  });

  it('is not moved by a report about an older attempt', async () => {
    const { session, attempt } = await at.redirected();
    const second = await shop.pay(session);
    await at.report(session, attempt, { status: 'failed', code: 'CARD_DECLINED' });
    const payment = await shop.until(session, isSettled);
    expect(payment.attempt?.id).toBe(second.attempt);
  });

  it('drops signals that nobody can read', async () => {
    const { session, attempt } = await at.redirected();
    const handle = workflowOf(shop, session);
    for (const garbage of [
      null,
      'x',
      { kind: 'payment' },
      { kind: 'payment', inbox: 'i', attempt, outcome: { status: 'succeeded' } },
    ]) {
      await handle.signal('processorReported', garbage);
      await handle.signal('buyerReturned', garbage);
      await handle.signal('refund', garbage);
    }
    await at.report(session, attempt, SUCCEEDED);
    await shop.until(session, isSettled);
  });
});
