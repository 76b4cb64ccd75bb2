import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { testTemporalAddress } from '../../../../test/setup/temporal.js';
import { eventually } from '../../../../test/support/eventually.js';
import { screenOf } from '../../../../test/support/history-text.js';
import { refundIs, stepsIn } from '../../../../test/support/purchase-steps.js';
import { deliver, runRemoteGoods } from '../../../../test/support/remote-goods.js';
import { isSettled, runShop, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import type { EntitlementGrant, Session } from '../domain/index.js';

// On a server whose clock is the wall's: the one that skips time does not skip what lies on a queue. So one wait serves all.

const STORIES = ['comes', 'delivered', 'failed', 'signalled', 'by hand', 'refunded'] as const;
type Story = (typeof STORIES)[number];

let connection: Connection;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;
const sold = new Map<Story, Session>();
const queueOf = new Map<Story, string>(STORIES.map((story) => [story, `nobody-${randomUUID().slice(0, 8)}`]));
const address = testTemporalAddress();

beforeAll(async () => {
  connection = await Connection.connect({ address });
  shop = await runShop({ label: 'remote workers away', client: new Client({ connection }), address });
  at = stepsIn(shop);
  for (const [story, taskQueue] of queueOf)
    sold.set(story, await at.paid({ providers: ['goods', 'goods-remote'], taskQueue }));
  await new Promise((resolve) => setTimeout(resolve, 25_000));
  for (const session of sold.values())
    await eventually(
      () => at.view(session),
      ({ attention }) => attention.length > 0,
    );
}, 90_000);

afterAll(async () => {
  await shop.stop();
  await connection.close();
});

const soldIn = (story: Story): Session => {
  const session = sold.get(story);
  if (!session) throw new Error(`nothing was sold for '${story}'`);
  return session;
};

const remoteGrant = async (session: Session): Promise<EntitlementGrant> => {
  const grant = (await at.grantsOf(session)).find(({ reach }) => reach === 'remote');
  if (!grant) throw new Error('nothing is made remotely');
  return grant;
};

const runWorker = (story: Story) =>
  runRemoteGoods({ shop, reports: at.reports, address, taskQueue: queueOf.get(story) ?? '' });

it('shows that a step waits for a worker, hinders no other grant and no refund, and goes on when one comes', async () => {
  const session = soldIn('comes');
  const expected = `a worker on task queue ${queueOf.get('comes')}`;
  expect(await at.view(session)).toMatchObject({
    waitsFor: expected,
    attention: [{ kind: 'grant', reason: `waiting for ${expected}` }],
  });
  expect(await screenOf(workflowOf(shop, session))).toContain(`waiting for ${expected}`);
  expect((await at.grantsOf(session)).map(({ status }) => status).sort()).toEqual(['delivered', 'pending']);
  await shop.until(session, refundIs(await at.refund(session, 100), 'succeeded'));
  const stuck = `PurchaseStatus = 'needs_attention' AND StuckSince IS NOT NULL AND PaymentId = '${session.payment}'`;
  await eventually(
    () => shop.temporal.workflow.count(stuck),
    ({ count }) => count === 1,
  );
  const worker = await runWorker('comes');
  await shop.until(session, isSettled);
  await worker.stop();
  expect(await remoteGrant(session)).toMatchObject({ status: 'delivered' });
  expect((await at.view(session)).attention).toEqual([]);
});

it('goes on with a delivery that came over HTTP', async () => {
  const session = soldIn('delivered');
  await deliver(at.reports, await remoteGrant(session));
  await shop.until(session, isSettled);
  expect((await at.view(session)).attention).toEqual([]);
});

it('asks for a decision when a failure came over HTTP', async () => {
  const session = soldIn('failed');
  await at.reports.failed({ grant: await remoteGrant(session), code: 'seats_sold_out' });
  await eventually(
    () => at.view(session),
    ({ attention }) => attention.some(({ reason }) => reason === 'could not be handed over: seats_sold_out'),
  );
});

it('keeps waiting when somebody signals although nothing was recorded', async () => {
  const session = soldIn('signalled');
  const { id: grant } = await remoteGrant(session);
  await shop.client.grantCompleted({ ...session, session: session.id, grant });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await at.view(session)).toMatchObject({ attention: [{ object: grant }] });
});

it('lets an operator deliver by hand', async () => {
  const session = soldIn('by hand');
  const resolution = { case: 'grant', action: 'deliverByHand', evidence: 'by mail', actor: 'tester' } as const;
  await shop.client.resolve({ session: session.id, resolution });
  await shop.until(session, isSettled);
  expect(await remoteGrant(session)).toMatchObject({ status: 'delivered' });
});

it('waits no longer once a refund ended the grant, and has a worker take back what it may have made', async () => {
  const session = soldIn('refunded');
  await shop.until(session, refundIs(await at.refund(session), 'succeeded'));
  await shop.until(session, isSettled);
  const grant = await remoteGrant(session);
  expect(grant).toMatchObject({ status: 'revoked' });
  await expect(deliver(at.reports, grant)).rejects.toMatchObject({ code: 'GRANT_REVOKED' });
  const lying = async () => (await workflowOf(shop, session).describe()).raw.pendingActivities ?? [];
  await eventually(lying, (steps) => steps.map(({ activityType }) => activityType?.name).join() === 'revokeGrant');
  const worker = await runWorker('refunded');
  await eventually(
    () => at.view(session),
    ({ refundsInProgress, attention }) => refundsInProgress.length + attention.length === 0,
  );
  await worker.stop();
  expect(worker.asked).toEqual([`revokeGrant {"grant":"${grant.id}"}`]);
});
