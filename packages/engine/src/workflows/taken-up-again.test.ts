import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { eventually } from '../../../../test/support/eventually.js';
import { SUCCEEDED, stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { isSettled, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('taken up again'));
  at = stepsIn(shop);
});

afterAll(async () => {
  await shop.stop();
  await environment.teardown();
});

beforeEach(() => {
  shop.goods.plans.length = 0;
});

it('a grant that was waived is not handed over by a run from the record', async () => {
  shop.goods.plans.push('permanent');
  const session = await at.paid({ quantity: 2 });
  await at.untilCase(session, 'grant');
  const resolution = { case: 'grant', action: 'waive', actor: 'tester' } as const;
  await shop.client.resolve({ session: session.id, resolution });
  await shop.until(session, isSettled);
  await environment.sleep('31 days');
  await workflowOf(shop, session).result();
  const statuses = async () => (await at.grantsOf(session)).map(({ status }) => status).toSorted();
  expect(await statuses()).toEqual(['delivered', 'failed']);
  const delivered = (await at.grantsOf(session)).find(({ status }) => status === 'delivered');
  await shop.client.endGrant({ ...session, session: session.id, grant: delivered?.id ?? 'entg_' });
  await eventually(statuses, ([first, second]) => first === 'failed' && second === 'revoked');
  await environment.sleep('1 minute');
  expect(await statuses()).toEqual(['failed', 'revoked']);
});

/** A sale whose worker dies at a step of the stores, and then whose run is lost. */
async function lostAt(breaks: () => () => void) {
  const mend = breaks();
  const session = await shop.open();
  const attempt = await shop.newAttempt(session);
  const pressed = shop.client.submit({ ...session, session: session.id, attempt });
  await eventually(async () => (await shop.stores.attempts.find(attempt))?.outcome);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await workflowOf(shop, session).terminate('lost');
  await pressed;
  mend();
  return { session, attempt };
}

// Last: the server that skips time skips none while a step of a lost run is still under way.
it('a sale whose run was lost between its state and its grants gets them, its invoice and its event', async () => {
  const { grants } = shop.stores;
  const { ensure } = grants;
  const { session, attempt } = await lostAt(() => {
    Object.assign(grants, { ensure: () => Promise.reject(new Error('the worker died here')) });
    return () => Object.assign(grants, { ensure });
  });
  expect(await shop.payment(session)).toMatchObject({ status: 'succeeded' });
  expect(await at.grantsOf(session)).toEqual([]);
  await at.reportLate(session, attempt, SUCCEEDED);
  await shop.until(session, isSettled);
  expect(await at.grantsOf(session)).toMatchObject([{ status: 'delivered' }]);
  expect((await at.eventsOf(session)).filter((type) => type === 'payment.succeeded')).toHaveLength(1);
  expect((await shop.payment(session)).invoice).not.toBeNull();
  expect(at.chargesOf(attempt)).toHaveLength(1);
});

it('a charge that was sent and is not part of the state yet is looked up before anything else is charged', async () => {
  const { payments } = shop.stores;
  const { applyState } = payments;
  const { session, attempt } = await lostAt(() => {
    Object.assign(payments, { applyState: () => Promise.reject(new Error('the worker died here')) });
    return () => Object.assign(payments, { applyState });
  });
  expect(await shop.payment(session)).toMatchObject({ state: { value: { kind: 'awaiting_payment' } } });
  await at.reportLate(session, attempt, { status: 'processing' });
  expect((await shop.until(session, isSettled)).attempt?.id).toBe(attempt);
  expect((await shop.pay(session)).answer).toEqual({ status: 'succeeded' });
  expect(at.chargesOf(attempt)).toHaveLength(1);
});
