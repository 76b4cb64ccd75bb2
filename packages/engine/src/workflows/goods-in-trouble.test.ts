import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { eventually } from '../../../../test/support/eventually.js';
import { SUCCEEDED, stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { isSettled, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import type { SessionOptions } from '../../../../test/support/carts.js';
import { purchaseActivities } from '../activities/index.js';
import type { Session } from '../domain/index.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('goods in trouble'));
  at = stepsIn(shop);
});

afterAll(async () => {
  await shop.stop();
  await environment.teardown();
});

beforeEach(() => {
  shop.processor.charges.length = 0;
  shop.processor.down = false;
  shop.seats.reset(1);
});

const SEATS: SessionOptions = { providers: ['seats'] };
const open = (options: SessionOptions = {}) => shop.open({ ...SEATS, ...options });
const chargesIn = () => shop.processor.calls.filter((call) => call.startsWith('create')).length;
const untilFree = () =>
  eventually(
    async () => shop.seats.taken.size,
    (taken) => taken === 0,
  );

describe('a provider in trouble', () => {
  it('charges nothing when it cannot set aside, and holds nothing that it set aside without saying so', async () => {
    shop.seats.faults.reserve.push('after');
    const session = await open();
    const before = chargesIn();
    expect((await shop.pay(session)).answer).toEqual({ status: 'refused', reason: 'goods_unavailable' });
    expect(chargesIn()).toBe(before);
    await untilFree();
    expect((await shop.pay(session)).answer).toEqual({ status: 'succeeded' });
  });

  it('is asked again until it lets go, visibly, and the case ends with that', async () => {
    shop.processor.charges.push('decline');
    shop.seats.faults.release.push('retryable', 'retryable');
    const session = await open();
    await shop.pay(session);
    expect(await at.untilCase(session, 'goods')).toMatchObject({ actions: ['retry', 'waive'] });
    expect(shop.seats.taken.size).toBe(1);
    await environment.sleep('70 seconds');
    await untilFree();
    expect((await at.view(session)).attention).toEqual([]);
  });

  it('is not believed to have let go of what a newer attempt holds because of what a person says of the older one', async () => {
    shop.processor.charges.push('decline', 'redirect');
    shop.seats.faults.release.push('permanent');
    const session = await open({ ttlSeconds: 600 });
    await shop.pay(session);
    await at.untilCase(session, 'goods');
    await shop.pay(session);
    expect((await at.view(session)).attention).toEqual([]);
    await workflowOf(shop, session).result();
    expect(shop.seats.taken.size).toBe(0);
  });

  it('keeps an ended session open until it lets go, or a person says that it did', async () => {
    shop.seats.faults.release.push('permanent', 'permanent');
    const { session } = await at.redirected({ ...SEATS, ttlSeconds: 60 });
    await environment.sleep('62 seconds');
    await at.untilCase(session, 'goods');
    expect((await at.view(session)).state.kind).toBe('closed');
    const decide = (action: 'retry' | 'waive') =>
      shop.client.resolve({ session: session.id, resolution: { case: 'goods', action, actor: 'tester' } });
    await decide('retry');
    await at.untilCase(session, 'goods');
    await decide('waive');
    expect(await workflowOf(shop, session).result()).toMatchObject({ state: 'closed' });
    expect(shop.seats.taken.size).toBe(1);
  });
});

describe('a crash', () => {
  it('between setting aside and freezing sets aside once and charges once', async () => {
    const { attempts } = shop.stores;
    const freeze = attempts.freeze.bind(attempts);
    let crashes = 3;
    attempts.freeze = async (change) => {
      crashes -= 1;
      if (crashes >= 0) throw new Error('the worker died here');
      return freeze(change);
    };
    const session = await open();
    const { attempt, answer } = await shop.pay(session);
    attempts.freeze = freeze;
    expect(['succeeded', 'processing']).toContain(answer.status);
    await shop.until(session, isSettled);
    expect(at.chargesOf(attempt)).toHaveLength(1);
    expect(shop.seats.taken.size).toBe(1);
  });

  it('that repeats letting go when somebody is paying again, or has paid, lets go of nothing', async () => {
    const late = (session: Session) => purchaseActivities(shop.deps).releaseGoods({ ...session, session: session.id });
    const { session, attempt } = await at.redirected(SEATS);
    expect(await late(session)).toEqual({ released: 0 });
    shop.processor.settle(attempt, 'succeeded');
    await at.report(session, attempt, SUCCEEDED);
    await shop.until(session, isSettled);
    expect(await late(session)).toEqual({ released: 0 });
    expect(shop.seats.taken.size).toBe(1);
  });

  it('that loses the run loses nothing that was set aside: the run from the record lets go of it', async () => {
    const { session, attempt } = await at.redirected(SEATS);
    await workflowOf(shop, session).terminate('lost');
    expect(shop.seats.taken.size).toBe(1);
    await at.reportLate(session, attempt, { status: 'failed', code: 'CARD_DECLINED' });
    await untilFree();
    expect((await shop.pay(session)).answer).toEqual({ status: 'succeeded' });
  });
});

describe('money that comes after the goods were let go', () => {
  const paidTooLate = async () => {
    const { session, attempt } = await at.redirected({ ...SEATS, ttlSeconds: 60 });
    await workflowOf(shop, session).result();
    expect(shop.seats.taken.size).toBe(0);
    shop.processor.settle(attempt, 'succeeded');
    return { session, attempt };
  };

  it('gets them when some are left', async () => {
    const { session, attempt } = await paidTooLate();
    await at.reportLate(session, attempt, SUCCEEDED);
    await shop.until(session, isSettled);
    expect(await at.grantsOf(session)).toMatchObject([{ status: 'delivered' }]);
    expect(shop.seats.taken).toEqual(shop.seats.handed);
  });

  it('waits for a person when they went to somebody else, who can hand over once some are back', async () => {
    const { session, attempt } = await paidTooLate();
    await at.settled(SEATS);
    await at.reportLate(session, attempt, SUCCEEDED);
    const { reason, actions } = await at.untilCase(session, 'grant');
    expect({ reason, actions }).toEqual({
      reason: 'could not be handed over: sold_out',
      actions: ['retry', 'deliverByHand', 'waive'],
    });
    expect(await at.grantsOf(session)).toMatchObject([{ status: 'failed', error: { code: 'sold_out' } }]);
    const [grant] = await at.grantsOf(session);
    if (!grant) throw new Error('no grant');
    const remotely = { ...session, session: session.id, grant: grant.id, at: Date.now() };
    expect(await purchaseActivities(shop.deps).openGrant(remotely)).toEqual({ status: 'failed', code: 'sold_out' });
    shop.seats.capacity = 2;
    await shop.client.retryFulfillment({ session: session.id, actor: 'tester' });
    await shop.until(session, isSettled);
    expect(shop.seats.handed.size).toBe(2);
  });
});
