import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createGrantReports } from '@payonce/engine/client';
import type { Delivered, EntitlementGrant } from '@payonce/engine/domain';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { isSettled } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('delivered elsewhere'));
  at = stepsIn(shop);
});

afterAll(async () => {
  await shop.stop();
  await environment.teardown();
});

beforeEach(() => {
  shop.goods.plans.length = 0;
});

const CONTENT: Delivered = {
  outcome: 'delivered',
  content: { kind: 'content', items: [{ label: 'Seat', value: '7' }] },
};

/** What an action of a provider does with a grant. */
const deliver = (grant: EntitlementGrant) =>
  createGrantReports({ ...shop.deps, client: shop.client }).delivered({ grant, delivered: CONTENT });

it('a grant that was left for later is taken up, announced once, and not asked for again', async () => {
  shop.goods.plans.push('pending');
  const session = await at.settled();
  const [pending] = await at.grantsOf(session);
  if (pending === undefined) throw new Error('nothing was sold');
  await Promise.all([deliver(pending), deliver(pending)]);
  await environment.sleep('1 minute');
  expect(await at.grantsOf(session)).toMatchObject([{ status: 'delivered', delivered: CONTENT }]);
  expect((await at.eventsOf(session)).filter((type) => type === 'entitlement_grant.delivered')).toHaveLength(1);
  expect(shop.goods.handed).not.toContain(pending.id);
});

it('a grant that failed leaves the list of the operator when its provider delivers it after all', async () => {
  shop.goods.plans.push('permanent');
  const session = await at.paid();
  await at.untilCase(session, 'grant');
  const [failed] = await at.grantsOf(session);
  if (failed === undefined) throw new Error('nothing was sold');
  await deliver(failed);
  await shop.until(session, isSettled);
  expect((await at.view(session)).attention).toEqual([]);
  expect(await at.grantsOf(session)).toMatchObject([{ status: 'delivered', delivered: CONTENT }]);
  expect(await at.eventsOf(session)).toContain('entitlement_grant.delivered');
  expect(shop.goods.handed).not.toContain(failed.id);
});
