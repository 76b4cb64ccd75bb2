import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Session } from '@payonce/engine/domain';
import { SUCCEEDED, refundIs } from './purchase-steps.js';
import type { stepsIn } from './purchase-steps.js';
import { eventually } from './eventually.js';
import { runRemoteGoods } from './remote-goods.js';
import { isSettled, workflowOf } from './running-shop.js';
import type { RunningShop } from './running-shop.js';
import type { StoryName } from './story-names.js';

/** Where stories happen. */
export interface Stage {
  readonly shop: RunningShop;
  readonly at: ReturnType<typeof stepsIn>;
  /** Skips time. */
  readonly environment: Pick<TestWorkflowEnvironment, 'sleep' | 'address'>;
}

type Story = (stage: Stage) => Promise<Session>;

/** One purchase per branch of the workflow, by what happened to it; each answers the session whose newest run shows the branch. */
export const STORIES: Readonly<Record<StoryName, Story>> = {
  'still-payable': ({ shop }) => shop.open(),
  'still-at-the-processor': async ({ at }) => (await at.redirected()).session,
  direct: ({ at }) => at.settled(),
  'direct-with-a-grant-outside': ({ at }) => at.settled({ quantity: 2, providers: ['goods', 'goods-outside'] }),
  'redirect-reported': async ({ shop, at }) => {
    const { session, attempt } = await at.redirected();
    shop.processor.settle(attempt, 'succeeded');
    await at.report(session, attempt, SUCCEEDED);
    await shop.until(session, isSettled);
    return session;
  },
  'redirect-looked-up': async ({ shop, at }) => {
    const { session, attempt } = await at.redirected();
    shop.processor.settle(attempt, 'succeeded');
    await shop.client.buyerReturned({ ...session, session: session.id, attempt });
    await shop.until(session, isSettled);
    return session;
  },
  'declined-then-paid': async ({ shop }) => {
    shop.processor.charges.push('decline');
    const session = await shop.open();
    await shop.pay(session);
    await shop.pay(session);
    await shop.until(session, isSettled);
    return session;
  },
  expired: async ({ shop }) => {
    const session = await shop.open({ ttlSeconds: 60 });
    await workflowOf(shop, session).result();
    return session;
  },
  'expired-with-an-open-attempt': async ({ shop, at }) => {
    const { session } = await at.redirected({ ttlSeconds: 60 });
    await workflowOf(shop, session).result();
    return session;
  },
  'late-money-from-the-record': async ({ shop, at }) => {
    const { session, attempt } = await at.redirected({ ttlSeconds: 60 });
    await workflowOf(shop, session).result();
    shop.processor.settle(attempt, 'succeeded');
    await at.reportLate(session, attempt, SUCCEEDED);
    await shop.until(session, isSettled);
    return session;
  },
  'unknown-then-resolved': async ({ shop, at, environment }) => {
    const session = await shop.open();
    shop.processor.down = true;
    const attempt = await shop.newAttempt(session);
    const pressed = shop.client.submit({ ...session, session: session.id, attempt });
    await environment.sleep('10 minutes');
    await pressed;
    const open = await at.untilCase(session, 'unknown');
    shop.processor.down = false;
    const decision = { case: open.id, action: 'markPaid', evidence: 'statement 7', actor: 'tester' } as const;
    await shop.client.resolve({ session: session.id, resolution: decision });
    await shop.until(session, isSettled);
    return session;
  },
  'held-then-accepted': async ({ shop, at }) => {
    shop.processor.charges.push('short');
    const session = await shop.open();
    await shop.pay(session);
    await at.untilCase(session, 'mismatch');
    await shop.client.resolve({
      session: session.id,
      resolution: { case: 'mismatch', action: 'accept', actor: 'tester' },
    });
    await shop.until(session, isSettled);
    return session;
  },
  'grant-still-parked': (stage) => parkedGrant(stage),
  'grant-parked-then-retried': async (stage) => {
    const session = await parkedGrant(stage);
    await stage.shop.client.retryFulfillment({ session: session.id, actor: 'tester' });
    await stage.shop.until(session, isSettled);
    return session;
  },
  'remote-grant-made': (stage) => madeRemotely(stage),
  'remote-grant-taken-back': (stage) =>
    madeRemotely(stage, async ({ shop, at }, sold) => {
      const refund = await at.refund(sold);
      await shop.until(sold, refundIs(refund, 'succeeded'));
      await eventually(
        () => at.view(sold),
        ({ refundsInProgress }) => refundsInProgress.length === 0,
      );
    }),
  'remote-grant-waiting-for-a-worker': async ({ at }) => {
    const session = await at.paid({ providers: ['goods-remote'], taskQueue: 'nobody-is-here' });
    await new Promise((resolve) => setTimeout(resolve, 25_000));
    await at.untilCase(session, 'grant');
    return session;
  },
  'refunded-in-full': async ({ shop, at }) => {
    const session = await at.settled();
    const refund = await at.refund(session);
    await shop.until(session, refundIs(refund, 'succeeded'));
    await revoked({ at, session });
    return session;
  },
  'refund-pending-then-reported': async ({ shop, at, environment }) => {
    shop.processor.refunds.push('pending');
    const session = await at.settled();
    const refund = await at.refund(session);
    await environment.sleep('10 seconds');
    await at.reportRefund(session, refund, 'succeeded');
    await shop.until(session, refundIs(refund, 'succeeded'));
    await revoked({ at, session });
    return session;
  },
  'closed-after-its-refund-window': async ({ shop, at }) => {
    const session = await at.settled();
    await workflowOf(shop, session).result();
    return session;
  },
  'sold-out': async ({ shop }) => {
    shop.seats.capacity = 0;
    const session = await shop.open({ providers: ['seats'] });
    await shop.pay(session);
    await seatsFree(shop);
    return session;
  },
  'set-aside-then-declined-then-paid': async ({ shop }) => {
    shop.processor.charges.push('decline');
    const session = await shop.open({ providers: ['seats', 'goods'], quantity: 2 });
    await shop.pay(session);
    await seatsFree(shop);
    await shop.pay(session);
    await shop.until(session, isSettled);
    return session;
  },
  'set-aside-then-expired': async ({ shop, at }) => {
    const { session } = await at.redirected({ providers: ['seats'], ttlSeconds: 60 });
    await workflowOf(shop, session).result();
    return session;
  },
  'not-let-go-then-waived': async ({ shop, at, environment }) => {
    shop.seats.faults.release.push('permanent', 'permanent');
    const { session } = await at.redirected({ providers: ['seats'], ttlSeconds: 60 });
    await environment.sleep('130 seconds');
    await at.untilCase(session, 'goods');
    const decision = { case: 'goods', action: 'waive', actor: 'tester' } as const;
    await shop.client.resolve({ session: session.id, resolution: decision });
    await workflowOf(shop, session).result();
    return session;
  },
  'authorized-then-captured': async ({ shop, at }) => {
    shop.processor.charges.push('authorize');
    return at.settled();
  },
  'authorized-and-not-captured': async ({ shop, at }) => {
    shop.processor.charges.push('authorize');
    shop.processor.captures.push('refuse');
    const session = await shop.open();
    await shop.pay(session);
    await at.untilCase(session, 'unknown');
    return session;
  },
  'refused-for-good-then-paid': async ({ shop }) => {
    shop.processor.charges.push('key_refused');
    const session = await shop.open();
    await shop.pay(session);
    await shop.pay(session);
    await shop.until(session, isSettled);
    return session;
  },
};

const seatsFree = ({ seats }: Stage['shop']): Promise<number> =>
  eventually(
    async () => seats.taken.size,
    (taken) => taken === 0,
  );

/** Sold with a remote worker beside, and what happens while it is there. */
async function madeRemotely(
  { shop, at, environment }: Stage,
  then: (stage: Pick<Stage, 'shop' | 'at'>, sold: Session) => Promise<void> = async () => undefined,
): Promise<Session> {
  const taskQueue = `remote-${randomUUID().slice(0, 8)}`;
  const worker = await runRemoteGoods({ shop, reports: at.reports, address: environment.address, taskQueue });
  const session = await at.settled({ providers: ['goods-remote'], taskQueue });
  await then({ shop, at }, session);
  await worker.stop();
  return session;
}

async function parkedGrant({ shop, at }: Stage): Promise<Session> {
  shop.goods.plans.push('permanent');
  const session = await at.paid();
  await at.untilCase(session, 'grant');
  return session;
}

const revoked = ({ at, session }: Pick<Stage, 'at'> & { readonly session: Session }) =>
  eventually(
    () => at.grantsOf(session),
    (grants) => grants.every(({ status }) => status === 'revoked'),
  );
