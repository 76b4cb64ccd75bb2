import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { eventually } from '../../../../test/support/eventually.js';
import { SUCCEEDED, stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { isSettled } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('older attempt'));
  at = stepsIn(shop);
});

afterAll(async () => {
  await shop.stop();
  await environment.teardown();
});

beforeEach(() => {
  shop.processor.charges.length = 0;
  shop.processor.down = false;
});

describe('money of a session that has ended', () => {
  it('is heard of while something beside the session still waits for a person', async () => {
    const { session, attempt } = await at.redirected();
    const stranger = await shop.newAttempt(session);
    await at.report(session, stranger, SUCCEEDED);
    await at.untilCase(session, 'mismatch');
    await shop.client.cancel({ ...session, session: session.id });
    await shop.until(session, ({ state }) => state.value.kind === 'closed');
    shop.processor.settle(attempt, 'succeeded');
    await at.report(session, attempt, SUCCEEDED);
    expect((await shop.until(session, isSettled)).attempt?.id).toBe(attempt);
    expect(await at.grantsOf(session)).toMatchObject([{ status: 'delivered' }]);
  });
});

describe('money of an older attempt while a newer one is open', () => {
  /** The first attempt was cancelled for the second, and was captured all the same. */
  const twoAttempts = async () => {
    const { session, attempt: older } = await at.redirected();
    shop.processor.charges.push('processing');
    const { attempt: newer } = await shop.pay(session);
    shop.processor.settle(older, 'succeeded');
    await shop.stores.attempts.recordOutcome({
      id: older,
      outcome: {
        status: 'succeeded',
        processorRef: `sp_${older}`,
        action: null,
        captured: { amount: 1000, currency: 'EUR' },
        card: null,
        method: 'card',
        error: null,
        at: new Date(),
      },
    });
    await at.report(session, older, SUCCEEDED);
    await environment.sleep('2 seconds');
    expect((await at.view(session)).state).toMatchObject({ kind: 'attempt_open', attempt: newer });
    return { session, older, newer };
  };

  it('pays once the newer one has failed', async () => {
    const { session, older, newer } = await twoAttempts();
    await at.report(session, newer, { status: 'failed', code: 'CARD_DECLINED' });
    expect((await shop.until(session, isSettled)).attempt?.id).toBe(older);
  });

  it('goes back once the newer one has paid', async () => {
    const { session, older, newer } = await twoAttempts();
    shop.processor.settle(newer, 'succeeded');
    await at.report(session, newer, SUCCEEDED);
    expect((await shop.until(session, isSettled)).attempt?.id).toBe(newer);
    await environment.sleep('1 minute');
    expect(shop.processor.ledger).toContainEqual({
      kind: 'refund',
      reference: `return_${older}`,
      amount: { amount: 1000, currency: 'EUR' },
    });
  });

  it('goes back also while the sale waits for a person', async () => {
    const { session, older, newer } = await twoAttempts();
    shop.goods.plans.push('permanent');
    shop.processor.settle(newer, 'succeeded');
    await at.report(session, newer, SUCCEEDED);
    await at.untilCase(session, 'grant');
    await eventually(
      async () => shop.processor.ledger,
      (ledger) => ledger.some(({ reference }) => reference === `return_${older}`),
    );
    await shop.client.retryFulfillment({ session: session.id, actor: 'tester' });
    await shop.until(session, isSettled);
  });

  it('is for an operator to decide when it cannot go back, and the sale goes on', async () => {
    const { session, older, newer } = await twoAttempts();
    shop.processor.settle(newer, 'succeeded');
    await at.report(session, newer, SUCCEEDED);
    shop.processor.down = true;
    await environment.sleep('3 minutes');
    expect(await at.untilCase(session, 'mismatch')).toMatchObject({ object: older });
    expect(isSettled(await shop.payment(session))).toBe(true);
    shop.processor.down = false;
    await shop.client.resolve({
      session: session.id,
      resolution: { case: 'mismatch', action: 'refund', actor: 'tester' },
    });
    await eventually(
      async () => shop.processor.ledger,
      (ledger) => ledger.some(({ reference }) => reference === `return_${older}`),
    );
  });
});
