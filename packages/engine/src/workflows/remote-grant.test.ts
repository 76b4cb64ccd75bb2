import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { eventually } from '../../../../test/support/eventually.js';
import { textOf } from '../../../../test/support/history-text.js';
import { stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { deliver, remoteQueue, runRemoteGoods } from '../../../../test/support/remote-goods.js';
import type { RemoteGoods } from '../../../../test/support/remote-goods.js';
import { isSettled, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import type { EntitlementGrant, Session } from '../domain/index.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;
let worker: RemoteGoods;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('remote grants'));
  at = stepsIn(shop);
  worker = await runRemoteGoods({ shop, reports: at.reports, address: environment.address });
});

beforeEach(() => {
  worker.asked.length = 0;
});

afterAll(async () => {
  await worker.stop();
  await shop.stop();
  await environment.teardown();
});

const remoteGrant = async (session: Session): Promise<EntitlementGrant> => {
  const [grant] = await at.grantsOf(session);
  if (!grant) throw new Error('nothing was sold');
  return grant;
};

const settled = (session: Session) => shop.until(session, isSettled);

describe('a grant whose provider has a worker of its own', () => {
  it('is handed over by that worker, which is told its id alone', async () => {
    const { asked } = worker;
    const session = await at.settled({ providers: ['goods-remote'] });
    const grant = await remoteGrant(session);
    expect(grant).toMatchObject({ status: 'delivered', taskQueue: remoteQueue(shop), untold: false });
    expect(asked).toEqual([`fulfillGrant {"grant":"${grant.id}"}`]);
    expect(await shop.payment(session)).toMatchObject({ hasLicenseKey: true });
    expect(await at.eventsOf(session)).toEqual(
      expect.arrayContaining(['license_key.created', 'entitlement_grant.delivered']),
    );
    expect(await textOf(workflowOf(shop, session))).not.toContain('REMOTE-');
    expect((await workflowOf(shop, session).fetchHistory()).events?.length).toBeLessThanOrEqual(42);
  });

  it('is asked for again when its worker fails, and says why in codes of its own', async () => {
    const { plans, asked } = worker;
    plans.push(() => Promise.reject(ApplicationFailure.retryable('Ada lives in Zurich', 'Ada is not at home')));
    const session = await at.settled({ providers: ['goods-remote'] });
    expect(asked).toHaveLength(2);
    expect(await remoteGrant(session)).toMatchObject({ status: 'delivered' });
  });

  it.each([
    ['a failure for good', () => Promise.reject(ApplicationFailure.nonRetryable('Ada', 'seat_gone')), 'seat_gone'],
    ['words for a code', () => Promise.reject(ApplicationFailure.nonRetryable('Ada', 'Ada left')), 'worker_failed'],
    ['a status with a code', async () => ({ status: 'failed', code: 'no_seat_left' }), 'no_seat_left'],
    ['a delivery that it did not store', async () => ({ status: 'delivered' }), 'delivery_not_stored'],
    ['nonsense', async () => 'done!', 'worker_answer_invalid'],
  ])('waits for a decision after %s', async (_what, plan, code) => {
    const { plans } = worker;
    plans.push(plan);
    const session = await at.paid({ providers: ['goods-remote'] });
    const { reason } = await at.untilCase(session, 'grant');
    expect(reason).toBe(`could not be handed over: ${code}`);
    expect(await remoteGrant(session)).toMatchObject({ status: 'failed', error: { code } });
    expect(await at.eventsOf(session)).toContain('entitlement_grant.failed');
    await shop.client.retryFulfillment({ session: session.id, actor: 'tester' });
    await settled(session);
    expect(await remoteGrant(session)).toMatchObject({ status: 'delivered' });
  });

  it('believes the record when the worker stored a delivery and died', async () => {
    const { plans } = worker;
    plans.push(async (grant) => {
      await deliver(at.reports, grant);
      throw ApplicationFailure.nonRetryable('gone', 'gone');
    });
    const session = await at.settled({ providers: ['goods-remote'] });
    expect(await remoteGrant(session)).toMatchObject({ status: 'delivered' });
  });

  it('is finished hours later over HTTP alone, once', async () => {
    const { plans } = worker;
    plans.push(async () => ({ status: 'pending' }));
    const session = await at.settled({ providers: ['goods-remote'] });
    await environment.sleep('5 hours');
    const grant = await remoteGrant(session);
    await deliver(at.reports, grant);
    const stored = await remoteGrant(session);
    const content = { kind: 'content', items: [{ label: 'Another', value: 'one' }] } as const;
    const again = await at.reports.delivered({ grant, delivered: { outcome: 'delivered', content } });
    expect(again.delivered).toEqual(stored.delivered);
    expect(await workflowOf(shop, session).result()).toEqual({ state: 'paid', refunds: 0 });
    expect(await at.eventsOf(session)).toContain('entitlement_grant.delivered');
  });

  it('is asked of the worker too, and believed once it is stored', async () => {
    const { plans, asked } = worker;
    const session = await at.settled({ providers: ['goods-remote'] });
    plans.push(async () => ({ status: 'revoked' }));
    await at.refund(session);
    const { object, reason } = await at.untilCase(session, 'grant');
    expect(reason).toBe('could not be revoked: revocation_not_stored');
    expect(await remoteGrant(session)).toMatchObject({ status: 'revoked' });
    await shop.client.retryFulfillment({ session: session.id, actor: 'tester' });
    await eventually(
      () => remoteGrant(session),
      ({ takenBackAt }) => takenBackAt !== undefined,
    );
    expect(asked.slice(1)).toEqual(Array.from({ length: 2 }, () => `revokeGrant {"grant":"${object}"}`));
  });
});
