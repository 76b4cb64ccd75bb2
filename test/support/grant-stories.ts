import { randomUUID } from 'node:crypto';
import type { Session } from '@payonce/engine/domain';
import { eventually } from './eventually.js';
import { refundIs } from './purchase-steps.js';
import { runRemoteGoods } from './remote-goods.js';
import { isSettled } from './running-shop.js';
import type { StoryName } from './story-names.js';
import type { Stage, Story } from './story-stage.js';

/** Goods that do not come at once: parked until a person helps, or made by a worker elsewhere. */
export const GRANT_STORIES = {
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
} satisfies Partial<Record<StoryName, Story>>;

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
