import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { eventually } from '../../../../test/support/eventually.js';
import { SUCCEEDED, stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { isSettled, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import type { SessionOptions } from '../../../../test/support/shop.js';
import { purchaseActivities } from '../activities/index.js';
import type { Session } from '../domain/index.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('goods that run out'));
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
const SOLD_OUT = { status: 'refused', reason: 'sold_out' };
const chargesIn = () => shop.processor.calls.filter((call) => call.startsWith('create')).length;
const untilFree = () =>
  eventually(
    async () => shop.seats.taken.size,
    (taken) => taken === 0,
  );

describe('goods that can run out', () => {
  it('are set aside before the charge and handed over after it', async () => {
    const session = await open();
    expect((await shop.pay(session)).answer).toEqual({ status: 'succeeded' });
    await shop.until(session, isSettled);
    const [grant] = await at.grantsOf(session);
    expect(grant).toMatchObject({ status: 'delivered' });
    expect([...shop.seats.handed]).toEqual([grant?.id]);
    expect(shop.seats.calls[0]).toBe(`reserve ${grant?.id}`);
    expect(shop.seats.calls).not.toContain(`release ${grant?.id}`);
  });

  it('are refused with the reason of the provider when nothing is left: nothing is charged, and the session stays payable', async () => {
    await at.settled(SEATS);
    const late = await open();
    const before = chargesIn();
    const { attempt, answer } = await shop.pay(late);
    expect(answer).toEqual(SOLD_OUT);
    expect(chargesIn()).toBe(before);
    expect(await shop.stores.attempts.find(attempt)).toMatchObject({ frozen: null, soldOut: 'The last seat is gone.' });
    expect((await at.view(late)).state.kind).toBe('awaiting_payment');
    shop.seats.capacity = 2;
    expect((await shop.pay(late)).answer).toEqual({ status: 'succeeded' });
  });

  it('are let go all together when there are too few of them', async () => {
    shop.seats.capacity = 2;
    const session = await open({ quantity: 3 });
    expect((await shop.pay(session)).answer).toEqual(SOLD_OUT);
    await untilFree();
    await at.settled({ ...SEATS, quantity: 2 });
  });

  it('go to another buyer when the charge is declined', async () => {
    shop.processor.charges.push('decline');
    const session = await open();
    expect((await shop.pay(session)).answer).toMatchObject({ status: 'failed' });
    await untilFree();
    await at.settled(SEATS);
    expect((await shop.pay(session)).answer).toEqual(SOLD_OUT);
  });

  it('stay with a buyer who is at the processor, and go to another when the session ends', async () => {
    const { session } = await at.redirected({ ...SEATS, ttlSeconds: 900 });
    const waiting = await open();
    expect((await shop.pay(waiting)).answer).toEqual(SOLD_OUT);
    expect(shop.seats.taken.size).toBe(1);
    await workflowOf(shop, session).result();
    expect(shop.seats.taken.size).toBe(0);
    expect((await shop.pay(waiting)).answer).toEqual({ status: 'succeeded' });
  });

  it('are never let go while nobody knows whether the charge took money', async () => {
    shop.processor.charges.push('processing');
    const session = await open({ ttlSeconds: 900 });
    const { attempt } = await shop.pay(session);
    await environment.sleep('3 hours');
    expect((await at.view(session)).state.kind).toBe('attempt_open');
    expect(shop.seats.taken.size).toBe(1);
    shop.processor.settle(attempt, 'succeeded');
    await environment.sleep('1 day');
    await shop.until(session, isSettled);
    expect(shop.seats.handed.size).toBe(1);
  });

  it('are set aside for a total of nothing too', async () => {
    await at.settled({ ...SEATS, unitPrice: 0 });
    const late = await open({ unitPrice: 0 });
    const { attempt, answer } = await shop.pay(late);
    expect(answer).toEqual(SOLD_OUT);
    expect((await shop.stores.attempts.find(attempt))?.outcome).toBeNull();
  });

  it('are charged for when a rest of the cart cannot run out', async () => {
    await at.settled({ providers: ['goods', 'seats'] });
    const late = await open({ providers: ['goods', 'seats'] });
    expect((await shop.pay(late)).answer).toEqual(SOLD_OUT);
    expect(await at.grantsOf(late)).toEqual([]);
  });

  it('sell exactly as often as there are some of them, however many want them at once', async () => {
    shop.seats.reset(2);
    const sessions = await Promise.all(Array.from({ length: 6 }, () => open()));
    const before = chargesIn();
    const answers = await Promise.all(sessions.map((session) => shop.pay(session)));
    const paid = answers.filter(({ answer }) => answer.status === 'succeeded');
    expect(paid).toHaveLength(2);
    expect(answers.filter(({ answer }) => answer.status === 'refused')).toHaveLength(4);
    expect(chargesIn() - before).toBe(2);
    await eventually(
      async () => shop.seats.handed.size,
      (handed) => handed === 2,
    );
    expect(shop.seats.taken).toEqual(shop.seats.handed);
  });
});

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
    expect(answer).toEqual({ status: 'succeeded' });
    expect(at.chargesOf(attempt)).toHaveLength(1);
    expect(shop.seats.taken.size).toBe(1);
    await shop.until(session, isSettled);
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
    const opened = () => {
      const of = { ...session, session: session.id, grant: grant?.id ?? 'entg_none', at: Date.now() };
      return purchaseActivities(shop.deps).openGrant(of);
    };
    expect(await opened()).toEqual({ status: 'failed', code: 'sold_out' });
    shop.seats.capacity = 2;
    await shop.client.retryFulfillment({ session: session.id, actor: 'tester' });
    await shop.until(session, isSettled);
    expect(shop.seats.handed.size).toBe(2);
  });
});
