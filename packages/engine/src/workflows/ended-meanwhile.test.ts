import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Session } from '@payonce/engine/domain';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { eventually } from '../../../../test/support/eventually.js';
import { refundIs, stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { isSettled, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import type { SessionOptions } from '../../../../test/support/carts.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('ended meanwhile'));
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

const OUTSIDE: SessionOptions = { providers: ['goods-outside'] };
type Grants = RunningShop['stores']['grants'];

/** Stops the next call of a step of the store, before it or after it did its work, until it is let on. */
function stopAt<Step extends 'await' | 'deliver' | 'revoke'>(step: Step, when: 'before' | 'after') {
  const { grants } = shop.stores;
  const usual: Grants[Step] = grants[step];
  const run = usual as (change: unknown) => Promise<unknown>;
  let reached: () => void = () => undefined;
  let letOn: () => void = () => undefined;
  const isThere = new Promise<void>((resolve) => (reached = resolve));
  const isLetOn = new Promise<void>((resolve) => (letOn = resolve));
  Object.assign(grants, {
    async [step](change: unknown) {
      Object.assign(grants, { [step]: usual });
      const done = when === 'after' ? await run(change) : undefined;
      reached();
      await isLetOn;
      return done ?? run(change);
    },
  });
  return { isThere, letOn: () => letOn() };
}

const grantOf = async (session: Session) => {
  const [grant] = await at.grantsOf(session);
  if (!grant) throw new Error('nothing was sold');
  return grant;
};

it('a grant that is left for later while a refund ends it keeps no run open', async () => {
  shop.goods.plans.push('pending');
  const [left, ended] = [stopAt('await', 'after'), stopAt('revoke', 'before')];
  const session = await at.paid(OUTSIDE);
  await left.isThere;
  const refund = await at.refund(session);
  await ended.isThere;
  left.letOn();
  await shop.until(session, isSettled);
  ended.letOn();
  await shop.until(session, refundIs(refund, 'succeeded'));
  await environment.sleep('31 days');
  expect((await workflowOf(shop, session).describe()).status.name).toBe('COMPLETED');
  expect(await grantOf(session)).toMatchObject({ status: 'revoked' });
});

it('what is handed over after a refund ended it is taken back, also by a provider that remembers the revocation before', async () => {
  const handedOver = stopAt('deliver', 'before');
  const session = await at.paid(OUTSIDE);
  await handedOver.isThere;
  await at.refund(session);
  const { id } = await grantOf(session);
  const taken = (times: number) =>
    eventually(
      async () => shop.goods.revoked,
      (revoked) => revoked.filter((grant) => grant === id).length === times,
    );
  await taken(1);
  handedOver.letOn();
  await taken(2);
  await shop.until(session, isSettled);
  expect(await grantOf(session)).toMatchObject({ status: 'revoked', delivered: null });
});

it('a grant that failed leaves the list of the operator when a refund ends it', async () => {
  shop.goods.plans.push('permanent');
  const session = await at.paid(OUTSIDE);
  await at.untilCase(session, 'grant');
  await shop.until(session, refundIs(await at.refund(session), 'succeeded'));
  await shop.until(session, isSettled);
  expect((await at.view(session)).attention).toEqual([]);
});

it('a decision that cannot be carried out leaves the case open and the purchase running', async () => {
  shop.goods.plans.push('permanent');
  const session = await at.paid(OUTSIDE);
  await at.untilCase(session, 'grant');
  const { grants } = shop.stores;
  const { find } = grants;
  Object.assign(grants, { find: async () => undefined });
  const resolution = { case: 'grant', action: 'deliverByHand', evidence: 'by mail', actor: 'tester' } as const;
  await shop.client.resolve({ session: session.id, resolution });
  expect(await at.untilCase(session, 'grant')).toMatchObject({ reason: 'could not be handed over: record_missing' });
  Object.assign(grants, { find });
  await shop.client.resolve({ session: session.id, resolution });
  await shop.until(session, isSettled);
  expect(await grantOf(session)).toMatchObject({ status: 'delivered' });
});
