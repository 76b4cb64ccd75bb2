import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { isSettled } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import type { Session } from '../domain/index.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('unknown outcome'));
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

/** Presses Pay and lets the workflow go on by itself. */
const press = async (session: Session) => {
  const attempt = await shop.newAttempt(session);
  const answer = shop.client.submit({ ...session, session: session.id, attempt });
  return { attempt, answer };
};

describe('a charge whose answer was lost', () => {
  it('is looked up, not sent again', async () => {
    shop.processor.charges.push('lost');
    const session = await shop.open();
    const { attempt, answer } = await press(session);
    expect(await answer).toEqual({ status: 'succeeded' });
    expect(at.chargesOf(attempt)).toHaveLength(1);
    expect(shop.processor.calls.filter((call) => call === `create ${attempt}`)).toHaveLength(1);
    await shop.until(session, isSettled);
  });

  it('is sent again when surely nothing was sent', async () => {
    shop.processor.charges.push('not_sent');
    const session = await shop.open();
    const { attempt, answer } = await press(session);
    expect(await answer).toEqual({ status: 'succeeded' });
    expect(at.chargesOf(attempt)).toHaveLength(1);
  });
});

describe('a processor that is down', () => {
  it('leaves the outcome unknown, blocks a second charge and asks for a person; a recheck after it is back ends it', async () => {
    const session = await shop.open();
    shop.processor.down = true;
    const { attempt } = await press(session);
    await environment.sleep('3 minutes');
    expect((await at.view(session)).state).toMatchObject({ kind: 'attempt_open', phase: 'unknown' });
    expect((await shop.pay(session)).answer).toEqual({ status: 'refused', reason: 'previous_payment_pending' });
    await environment.sleep('5 minutes');
    expect((await at.view(session)).attention).toMatchObject([
      { id: `unknown:${attempt}`, actions: ['recheck', 'markPaid', 'markFailed'] },
    ]);
    shop.processor.down = false;
    await shop.client.resolve({
      session: session.id,
      resolution: { case: 'unknown', action: 'recheck', actor: 'tester' },
    });
    expect(at.chargesOf(attempt)).toHaveLength(0);
    expect((await at.view(session)).attention).toEqual([]);
  });

  it('can be overruled by an operator with evidence', async () => {
    const session = await shop.open();
    shop.processor.down = true;
    await press(session);
    await environment.sleep('10 minutes');
    const resolve = (resolution: { action: 'markPaid'; evidence?: string }) =>
      shop.client.resolve({ session: session.id, resolution: { case: 'unknown', actor: 'tester', ...resolution } });
    await expect(resolve({ action: 'markPaid' })).rejects.toThrow(/Update/i);
    await resolve({ action: 'markPaid', evidence: 'statement 7' });
    await shop.until(session, isSettled);
  });
});

describe('a slow payment', () => {
  it('is asked about by the ladder until it settles', async () => {
    shop.processor.charges.push('processing');
    const session = await shop.open();
    const { attempt, answer } = await press(session);
    expect(await answer).toEqual({ status: 'processing' });
    await environment.sleep('25 minutes');
    shop.processor.settle(attempt, 'succeeded');
    await environment.sleep('61 minutes');
    await shop.until(session, isSettled);
    expect((await at.eventsOf(session)).filter((type) => type === 'payment.processing')).toHaveLength(1);
  });

  it('suspends the end of the session: money may still land', async () => {
    shop.processor.charges.push('processing');
    const session = await shop.open({ ttlSeconds: 900 });
    const { attempt } = await press(session);
    await environment.sleep('3 hours');
    expect((await at.view(session)).state.kind).toBe('attempt_open');
    shop.processor.settle(attempt, 'succeeded');
    await environment.sleep('1 day');
    await shop.until(session, isSettled);
  });
});
