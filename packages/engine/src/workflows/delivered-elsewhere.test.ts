import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createGrantReports } from '@payonce/engine/client';
import { licenseOfGrant } from '@payonce/engine/domain';
import type { Delivered, DeliveredLicense, EntitlementGrant } from '@payonce/engine/domain';
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

it.each(['permanent', 'pending'] as const)(
  'a grant that is delivered while a try ends as %s is announced as delivered alone',
  async (plan) => {
    const { grants } = shop.stores;
    const { fail, await: wait } = grants;
    /** Somebody else is faster than what a try wants to write. */
    const after =
      <Change extends { readonly id: EntitlementGrant['id'] }>(write: (change: Change) => Promise<EntitlementGrant>) =>
      async (change: Change) => {
        const grant = await grants.find(change.id);
        if (grant?.status === 'pending') await deliver(grant);
        return write(change);
      };
    Object.assign(grants, { fail: after(fail), await: after(wait) });
    shop.goods.plans.push(plan);
    const session = await at.settled();
    Object.assign(grants, { fail, await: wait });
    expect(await at.grantsOf(session)).toMatchObject([{ status: 'delivered', delivered: CONTENT }]);
    const types = (await at.eventsOf(session)).filter((type) => type.startsWith('entitlement_grant.'));
    expect(types).toEqual(['entitlement_grant.delivered']);
  },
);

/** The key that a buyer reads and the key that software can check. */
async function keysOf({ id, business, mode }: EntitlementGrant) {
  const grant = await shop.stores.grants.find(id);
  const content = grant?.delivered?.content;
  const license = grant?.licenseKey
    ? await shop.stores.licenses.find({ id: grant.licenseKey, business, mode })
    : undefined;
  return { read: content?.kind === 'license_key' ? content.key : undefined, checked: license?.key };
}

const license = (key: string): DeliveredLicense => ({ kind: 'license_key', key, activationsLimit: 3, expiresAt: null });

it('of many keys that are delivered for a grant at once, the buyer reads the one that works', async () => {
  shop.goods.plans.push('pending');
  const session = await at.settled();
  const [grant] = await at.grantsOf(session);
  if (grant === undefined) throw new Error('nothing was sold');
  const { delivered } = createGrantReports({ ...shop.deps, client: shop.client });
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      delivered({ grant, delivered: { outcome: 'delivered', content: license(`KEY-${grant.id}-${index}`) } }),
    ),
  );
  const { read, checked } = await keysOf(grant);
  expect(read).toContain(`KEY-${grant.id}-`);
  expect(checked).toBe(read);
});

it('a key that was kept before a crash is the one that the buyer reads after it', async () => {
  shop.goods.plans.push('permanent');
  const session = await at.paid();
  await at.untilCase(session, 'grant');
  const [grant] = await at.grantsOf(session);
  if (grant === undefined) throw new Error('nothing was sold');
  const first = { id: shop.deps.ids.derive('lic', grant.id), grant, content: license('KEPT-BEFORE'), at: new Date() };
  await shop.stores.licenses.ensureForGrant(licenseOfGrant(first));
  await shop.client.retryFulfillment({ session: session.id, actor: 'tester' });
  await shop.until(session, isSettled);
  expect(await keysOf(grant)).toEqual({ read: 'KEPT-BEFORE', checked: 'KEPT-BEFORE' });
});
