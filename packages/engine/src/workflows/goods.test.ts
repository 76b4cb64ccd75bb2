import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { eventually } from '../../../../test/support/eventually.js';
import { stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { isSettled, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import type { SessionOptions } from '../../../../test/support/carts.js';
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

  it('stay with a buyer whose money is held, and are let go when it goes back', async () => {
    shop.processor.charges.push('short');
    const session = await open();
    await shop.pay(session);
    await at.untilCase(session, 'mismatch');
    expect(shop.seats.taken.size).toBe(1);
    await shop.client.resolve({
      session: session.id,
      resolution: { case: 'mismatch', action: 'refund', actor: 'tester' },
    });
    await untilFree();
    expect(await workflowOf(shop, session).result()).toMatchObject({ state: 'closed' });
  });

  it('are let go by a run that an older release began, which did not know that they can run out', async () => {
    const { sessions } = shop.stores;
    const find = sessions.find.bind(sessions);
    const plain = async (id: Session['id']) => {
      const session = await find(id);
      const lines = session?.lines.map((line) => ({ ...line, entitlements: [] })) ?? [];
      return session && { ...session, lines };
    };
    sessions.find = plain;
    const session = await open();
    await shop.until(session, () => true);
    await eventually(
      async () => (await find(session.id))?.startedAt,
      (startedAt) => startedAt != null,
    );
    sessions.find = find;
    shop.processor.charges.push('decline');
    expect((await shop.pay(session)).answer).toMatchObject({ status: 'failed' });
    expect(shop.seats.calls[0]).toMatch(/^reserve/);
    await untilFree();
    expect(shop.seats.calls.at(-1)).toMatch(/^release/);
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
