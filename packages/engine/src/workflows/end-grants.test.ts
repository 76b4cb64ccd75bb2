import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createGrantReports, sweep } from '@payonce/engine/client';
import type { PurchaseClient } from '@payonce/engine/client';
import type { Session } from '@payonce/engine/domain';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('end grants'));
  at = stepsIn(shop);
});

afterAll(async () => {
  await shop.stop();
  await environment.teardown();
});

beforeEach(() => {
  shop.goods.plans.length = 0;
  shop.goods.revoked.length = 0;
});

async function grantOf(session: Session) {
  const [grant] = await at.grantsOf(session);
  if (grant === undefined) throw new Error('nothing was sold');
  return grant;
}

/** What the API does when a merchant revokes. */
const revoke = async (session: Session, client: Pick<PurchaseClient, 'endGrant' | 'grantCompleted'> = shop.client) =>
  createGrantReports({ ...shop.deps, client }).revoked({ grant: await grantOf(session) });

const revocations = async (session: Session) =>
  (await at.eventsOf(session)).filter((type) => type === 'entitlement_grant.revoked');

it('a grant that the merchant revokes is taken back at its provider and announced, once', async () => {
  const session = await at.settled({ providers: ['goods-outside'] });
  await Promise.all([revoke(session), revoke(session)]);
  await environment.sleep('1 minute');
  const grant = await grantOf(session);
  expect(grant).toMatchObject({ status: 'revoked', revocationReason: 'operator', untold: false });
  expect(shop.goods.revoked).toEqual([grant.id]);
  expect(await revocations(session)).toHaveLength(1);
  expect(await shop.payment(session)).toMatchObject({ status: 'succeeded', refunds: [] });
});

it('a grant that was left for later ends the wait for it', async () => {
  shop.goods.plans.push('pending');
  const session = await at.settled({ providers: ['goods-outside'] });
  await revoke(session);
  await environment.sleep('31 days');
  expect(await workflowOf(shop, session).result()).toEqual({ state: 'paid', refunds: 0 });
});

it('a purchase that closed is re-opened for it, and charges and hands over nothing', async () => {
  const session = await at.settled();
  await environment.sleep('31 days');
  expect(await workflowOf(shop, session).result()).toEqual({ state: 'paid', refunds: 0 });
  const [charges, handed] = [shop.processor.ledger.length, shop.goods.handed.length];
  await revoke(session);
  await environment.sleep('1 minute');
  expect(await revocations(session)).toHaveLength(1);
  expect([shop.processor.ledger.length, shop.goods.handed.length]).toEqual([charges, handed]);
});

it('a revocation whose purchase could not be told is announced also when its provider is faster than the sweeper', async () => {
  const session = await at.settled();
  const away = { endGrant: () => Promise.reject(new Error('away')), grantCompleted: async () => undefined };
  const revoked = await revoke(session, away);
  await expect(
    createGrantReports({ ...shop.deps, client: away }).takenBack({ grant: await grantOf(session) }),
  ).rejects.toThrow('away');
  await at.reports.takenBack({ grant: await grantOf(session) });
  await environment.sleep('1 minute');
  expect(await revocations(session)).toHaveLength(1);
  expect(shop.goods.revoked).toEqual([revoked.id]);
});

it('a revocation whose purchase could not be told is told by the sweeper', async () => {
  const session = await at.settled();
  const away = { endGrant: () => Promise.reject(new Error('away')), grantCompleted: async () => undefined };
  await revoke(session, away);
  expect(await grantOf(session)).toMatchObject({ status: 'revoked', untold: true });
  expect(shop.goods.revoked).toEqual([]);
  const later = { now: () => new Date(Date.now() + 60_000) };
  await sweep({ ...shop.deps, clock: later, client: shop.client, routeInbox: async () => undefined, holder: 'test' });
  await environment.sleep('1 minute');
  expect(shop.goods.revoked).toEqual([(await grantOf(session)).id]);
  expect(await grantOf(session)).toMatchObject({ untold: false });
});
