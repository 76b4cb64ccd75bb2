import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { isSettled, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import { grantCompletedSignal } from '../messages/index.js';

const BY_HAND = {
  outcome: 'delivered',
  content: { kind: 'content', items: [{ label: 'Seat', value: '7' }] },
} as const;

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('fulfill'));
  at = stepsIn(shop);
});

afterAll(async () => {
  await shop.stop();
  await environment.teardown();
});

beforeEach(() => {
  shop.goods.plans.length = 0;
});

describe('handing over', () => {
  it('gives each unit of each entitlement its own grant', async () => {
    const session = await at.settled({ quantity: 3, providers: ['goods', 'goods-outside'] });
    const grants = await at.grantsOf(session);
    expect(grants).toHaveLength(6);
    expect(new Set(grants.map(({ licenseKey }) => licenseKey)).size).toBe(6);
    expect(grants.every(({ status }) => status === 'delivered')).toBe(true);
  });

  it('delivers the others when one provider fails for good, and that one after retryFulfillment', async () => {
    shop.goods.plans.push('permanent');
    const session = await at.paid({ quantity: 2 });
    const open = await at.untilCase(session, 'grant');
    expect((await at.grantsOf(session)).map(({ status }) => status).sort()).toEqual(['delivered', 'failed']);
    expect(await at.eventsOf(session)).toContain('entitlement_grant.failed');
    expect((await at.view(session)).waitsFor).toContain(open.id);
    expect(await shop.client.retryFulfillment({ session: session.id, actor: 'tester' })).toEqual([open.object]);
    await shop.until(session, isSettled);
    expect((await at.grantsOf(session)).every(({ status }) => status === 'delivered')).toBe(true);
  });

  it('hands the same key over once, and asks an operator about whoever should have got it too', async () => {
    shop.goods.plans.push('same_key', 'same_key');
    const session = await at.paid({ quantity: 2 });
    const open = await at.untilCase(session, 'grant');
    const [delivered, failed] = (await at.grantsOf(session)).toSorted((one) => (one.status === 'delivered' ? -1 : 1));
    expect(delivered?.status).toBe('delivered');
    expect(failed).toMatchObject({ id: open.object, status: 'failed', error: { code: 'license_key_taken' } });
    shop.goods.plans.push('permanent');
    await shop.client.retryFulfillment({ session: session.id, actor: 'tester' });
    expect(await at.untilCase(session, 'grant')).toMatchObject({ reason: 'could not be handed over: seat_gone' });
    await shop.client.retryFulfillment({ session: session.id, actor: 'tester' });
    await shop.until(session, isSettled);
  });

  it('goes on when an operator delivers by hand, or waives', async () => {
    shop.goods.plans.push('permanent', 'permanent');
    const session = await at.paid({ quantity: 2 });
    await at.untilCase(session, 'grant');
    const cases = (await at.view(session)).attention;
    expect(cases).toHaveLength(2);
    await shop.client.resolve({
      session: session.id,
      resolution: { case: cases[0]?.id ?? '', action: 'deliverByHand', evidence: 'sent by mail', actor: 'tester' },
    });
    await shop.client.resolve({
      session: session.id,
      resolution: { case: cases[1]?.id ?? '', action: 'waive', actor: 'tester' },
    });
    await shop.until(session, isSettled);
    expect((await at.grantsOf(session)).map(({ status }) => status).sort()).toEqual(['delivered', 'failed']);
  });

  it('tries a provider again that is away, and one that hangs', async () => {
    shop.goods.plans.push('retryable', 'retryable', 'hang');
    const session = await at.settled({ providers: ['goods-outside'] });
    expect(await at.grantsOf(session)).toMatchObject([{ status: 'delivered' }]);
  });

  it('keeps the run open until a person has finished a grant, whatever is signalled', async () => {
    shop.goods.plans.push('pending');
    const session = await at.settled({ providers: ['goods-outside'] });
    expect(await at.grantsOf(session)).toMatchObject([{ status: 'pending', awaiting: 'a person' }]);
    await environment.sleep('31 days');
    expect((await workflowOf(shop, session).describe()).status.name).toBe('RUNNING');
    const [grant] = await at.grantsOf(session);
    if (!grant) throw new Error('there is no grant');
    await workflowOf(shop, session).signal(grantCompletedSignal, { grant: grant.id });
    await environment.sleep('1 minute');
    expect((await workflowOf(shop, session).describe()).status.name).toBe('RUNNING');
    await at.reports.delivered({ grant, delivered: BY_HAND });
    expect(await workflowOf(shop, session).result()).toEqual({ state: 'paid', refunds: 0 });
    expect(await at.eventsOf(session)).toContain('entitlement_grant.delivered');
  });

  it('is not undone by a cancellation', async () => {
    const session = await at.settled();
    await workflowOf(shop, session).cancel();
    await environment.sleep('1 minute');
    expect(await shop.payment(session)).toMatchObject({ status: 'succeeded' });
    expect((await workflowOf(shop, session).describe()).status.name).toBe('RUNNING');
  });
});
