import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { eventually } from '../../../../test/support/eventually.js';
import { refundIs, stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import { refundSignal } from '../messages/index.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('refunds'));
  at = stepsIn(shop);
});

afterAll(async () => {
  await shop.stop();
  await environment.teardown();
});

beforeEach(() => {
  shop.processor.refunds.length = 0;
  shop.processor.down = false;
  shop.goods.plans.length = 0;
});

describe('refunds', () => {
  it('in full end what was granted', async () => {
    const session = await at.settled();
    const id = await at.refund(session);
    const payment = await shop.until(session, refundIs(id, 'succeeded'));
    expect(payment.refunds).toMatchObject([{ amount: 1000, isPartial: false }]);
    await eventually(
      () => at.eventsOf(session),
      (types) => types.includes('entitlement_grant.revoked'),
    );
    const [grant] = await at.grantsOf(session);
    expect(grant).toMatchObject({ status: 'revoked', revocationReason: 'refund' });
    expect(shop.goods.revoked).toContain(grant?.id);
    const key = grant?.licenseKey ? await shop.stores.licenses.find({ ...session, id: grant.licenseKey }) : undefined;
    expect(key?.disabled).toBe(true);
    expect(await at.eventsOf(session)).toContain('refund.succeeded');
  });

  it('in part leave access alone', async () => {
    const session = await at.settled();
    const id = await at.refund(session, 400);
    await shop.until(session, refundIs(id, 'succeeded'));
    expect(await at.grantsOf(session)).toMatchObject([{ status: 'delivered' }]);
  });

  it('are served while a grant is parked', async () => {
    shop.goods.plans.push('permanent');
    const session = await at.paid();
    await at.untilCase(session, 'grant');
    const id = await at.refund(session, 100);
    await shop.until(session, refundIs(id, 'succeeded'));
  });

  it('that are pending settle by the report of the processor', async () => {
    shop.processor.refunds.push('pending');
    const session = await at.settled();
    const id = await at.refund(session);
    await environment.sleep('10 seconds');
    expect((await at.view(session)).refundsInProgress).toEqual([id]);
    expect(await at.eventsOf(session)).not.toContain('refund.succeeded');
    await at.reportRefund(session, id, 'succeeded');
    await shop.until(session, refundIs(id, 'succeeded'));
  });

  it('that are pending settle by a look-up when no report comes', async () => {
    shop.processor.refunds.push('pending');
    const session = await at.settled();
    const id = await at.refund(session);
    await environment.sleep('5 seconds');
    shop.processor.settleRefund(id, 'succeeded');
    await environment.sleep('70 seconds');
    await shop.until(session, refundIs(id, 'succeeded'));
  });

  it('that fail release what they reserved', async () => {
    shop.processor.refunds.push('fail');
    const session = await at.settled();
    const failed = await at.refund(session);
    await shop.until(session, refundIs(failed, 'failed'));
    const again = await at.refund(session);
    await shop.until(session, refundIs(again, 'succeeded'));
    expect(await at.eventsOf(session)).toEqual(expect.arrayContaining(['refund.failed', 'refund.succeeded']));
  });

  it('whose answer was lost happen once', async () => {
    shop.processor.refunds.push('lost');
    const session = await at.settled();
    const id = await at.refund(session);
    await environment.sleep('10 seconds');
    await shop.until(session, refundIs(id, 'succeeded'));
    expect(shop.processor.ledger.filter(({ reference }) => reference === id)).toHaveLength(1);
  });

  it('become a case when the processor stays away, and go on when it is back', async () => {
    const session = await at.settled();
    shop.processor.down = true;
    const id = await at.refund(session);
    await environment.sleep('20 minutes');
    expect(await at.untilCase(session, 'refund')).toMatchObject({
      object: id,
      actions: ['retry', 'markDone', 'release'],
    });
    shop.processor.down = false;
    await shop.client.resolve({
      session: session.id,
      resolution: { case: 'refund', action: 'retry', actor: 'tester' },
    });
    await environment.sleep('2 minutes');
    await shop.until(session, refundIs(id, 'succeeded'));
  });

  it('can be typed by an operator under the same rules', async () => {
    const session = await at.settled();
    await workflowOf(shop, session).signal(refundSignal, { amount: 300, reason: 'goodwill' });
    await shop.until(session, ({ refunds }) =>
      refunds.some(({ status, amount }) => status === 'succeeded' && amount === 300),
    );
    await workflowOf(shop, session).signal(refundSignal, { amount: 701 });
    await environment.sleep('5 seconds');
    expect((await shop.payment(session)).refunds).toHaveLength(1);
    await workflowOf(shop, session).signal(refundSignal, {});
    await shop.until(
      session,
      ({ refunds }) =>
        refunds.filter(({ status }) => status === 'succeeded').reduce((sum, { amount }) => sum + amount, 0) === 1000,
    );
  });

  it('that nobody reserved are dropped', async () => {
    const session = await at.settled();
    await workflowOf(shop, session).signal(refundSignal, { refundId: 'ref_nobodyreservedthis00' });
    const id = await at.refund(session);
    await shop.until(session, refundIs(id, 'succeeded'));
    expect((await at.view(session)).refundsInProgress).toEqual([]);
  });

  it('are told twice and happen once', async () => {
    const session = await at.settled();
    const id = await at.refund(session, 200);
    await shop.client.refund({ ...session, session: session.id, refund: id });
    await shop.until(session, refundIs(id, 'succeeded'));
    expect(shop.processor.ledger.filter(({ reference }) => reference === id)).toHaveLength(1);
  });

  it('are possible until the window closes, and then the run ends', async () => {
    const session = await at.settled();
    await environment.sleep('29 days');
    const id = await at.refund(session, 100);
    await shop.until(session, refundIs(id, 'succeeded'));
    expect(await workflowOf(shop, session).result()).toEqual({ state: 'paid', refunds: 1 });
  });
});
