import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { isSettled, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('capture'));
  at = stepsIn(shop);
});

afterAll(async () => {
  await shop.stop();
  await environment.teardown();
});

beforeEach(() => {
  for (const plans of [shop.processor.charges, shop.processor.captures, shop.processor.cancels]) plans.length = 0;
  shop.processor.completed.length = 0;
});

const capturesOf = (attempt: string) => shop.processor.calls.filter((call) => call === `capture ${attempt}`).length;
const AUTHORIZED = { status: 'authorized' } as const;

describe('money that is authorized', () => {
  it('is captured before anything is handed over, and Pay answers what came of that', async () => {
    shop.processor.charges.push('authorize');
    const session = await shop.open();
    const { attempt, answer } = await shop.pay(session);
    expect(answer).toEqual({ status: 'succeeded' });
    expect(at.chargesOf(attempt)).toHaveLength(1);
    await shop.until(session, isSettled);
    expect((await at.eventsOf(session)).filter((type) => type.startsWith('payment.'))).toEqual(['payment.succeeded']);
  });

  it('is captured once when the answer of the capture is lost', async () => {
    shop.processor.charges.push('authorize');
    shop.processor.captures.push('lost');
    const session = await shop.open();
    const { attempt, answer } = await shop.pay(session);
    expect(answer).toEqual({ status: 'succeeded' });
    expect(capturesOf(attempt)).toBe(1);
    expect(at.chargesOf(attempt)).toHaveLength(1);
  });

  it('is held when less was authorized than asked', async () => {
    shop.processor.charges.push('authorize_short');
    const session = await shop.open();
    expect((await shop.pay(session)).answer).toEqual({ status: 'processing' });
    expect(await shop.payment(session)).toMatchObject({
      status: 'requires_merchant_action',
      state: { value: { kind: 'held', captured: { amount: 999 } } },
    });
  });

  it('leaves the session payable when the capture is declined', async () => {
    shop.processor.charges.push('authorize');
    shop.processor.captures.push('decline');
    const session = await shop.open();
    expect((await shop.pay(session)).answer).toEqual({ status: 'failed', code: 'CARD_DECLINED' });
    expect((await shop.pay(session)).answer).toEqual({ status: 'succeeded' });
  });

  it('waits for a person when it cannot be captured, blocks a second charge and is captured by a recheck', async () => {
    shop.processor.charges.push('authorize');
    shop.processor.captures.push('refuse');
    const session = await shop.open();
    const { attempt, answer } = await shop.pay(session);
    expect(answer).toEqual({ status: 'processing' });
    expect((await at.view(session)).attention).toMatchObject([
      {
        id: `unknown:${attempt}`,
        reason: 'authorized, and not captured: capture_refused',
        actions: ['recheck', 'markPaid', 'markFailed'],
      },
    ]);
    expect((await shop.pay(session)).answer).toEqual({ status: 'refused', reason: 'previous_payment_pending' });
    await shop.client.resolve({
      session: session.id,
      resolution: { case: 'unknown', action: 'recheck', actor: 'tester' },
    });
    await shop.until(session, isSettled);
    expect((await at.view(session)).attention).toEqual([]);
  });

  it('is captured by the ladder when the processor was away', async () => {
    shop.processor.charges.push('authorize');
    shop.processor.captures.push(...Array.from({ length: 100 }, () => 'away' as const));
    const session = await shop.open();
    const attempt = await shop.newAttempt(session);
    const pressed = shop.client.submit({ ...session, session: session.id, attempt });
    await environment.sleep('150 seconds');
    expect((await at.view(session)).state).toMatchObject({ kind: 'attempt_open', phase: 'unknown' });
    shop.processor.captures.length = 0;
    await environment.sleep('10 minutes');
    await pressed;
    await shop.until(session, isSettled);
    expect(at.chargesOf(attempt)).toHaveLength(1);
  });

  it('is captured when the processor reports it, once however often it does', async () => {
    const { session, attempt } = await at.redirected();
    shop.processor.authorize(attempt);
    await at.report(session, attempt, AUTHORIZED);
    await at.report(session, attempt, AUTHORIZED);
    await shop.until(session, isSettled);
    expect(at.chargesOf(attempt)).toHaveLength(1);
  });

  it('is cancelled when it is of an attempt that is not the open one any more', async () => {
    const { session, attempt } = await at.redirected();
    await shop.pay(session);
    await shop.until(session, isSettled);
    shop.processor.authorize(attempt);
    await at.report(session, attempt, AUTHORIZED);
    await environment.sleep('10 seconds');
    expect(shop.processor.resultOf(attempt).status).toBe('cancelled');
    expect(capturesOf(attempt)).toBe(0);
  });
});

describe('a buyer who comes back from the processor', () => {
  it('completes the payment with what the address said, which moves nothing by itself', async () => {
    const { session, attempt } = await at.redirected();
    await shop.stores.attempts.markReturned({ id: attempt, query: { token: 't_1', status: 'succeeded' } });
    await shop.client.buyerReturned({ ...session, session: session.id, attempt });
    await environment.sleep('1 second');
    expect(shop.processor.completed).toEqual([{ token: 't_1', status: 'succeeded' }]);
    expect((await at.view(session)).state).toMatchObject({ kind: 'attempt_open', phase: 'requires_action' });
    shop.processor.settle(attempt, 'succeeded');
    await shop.client.buyerReturned({ ...session, session: session.id, attempt });
    await shop.until(session, isSettled);
    expect(await textOf(session)).not.toContain('t_1');
  });

  const textOf = async (session: Parameters<typeof workflowOf>[1]) =>
    JSON.stringify(await workflowOf(shop, session).fetchHistory());
});

describe('a processor that refuses for good what we send', () => {
  it('fails the attempt, shows to operators and blocks no other attempt', async () => {
    shop.processor.charges.push('key_refused');
    const session = await shop.open();
    expect((await shop.pay(session)).answer).toEqual({ status: 'failed', code: 'INVALID_REQUEST' });
    const view = await at.view(session);
    expect(view).toMatchObject({
      lastError: 'key_invalid',
      attention: [{ id: 'processor:scripted', reason: 'refuses for good what we send it: key_invalid' }],
    });
    expect((await shop.pay(session)).answer).toEqual({ status: 'succeeded' });
    await shop.until(session, isSettled);
    expect((await at.view(session)).attention).toEqual([]);
  });

  it('ends with the session, or when a person took note', async () => {
    shop.processor.charges.push('key_refused', 'key_refused');
    const session = await shop.open({ ttlSeconds: 600 });
    await shop.pay(session);
    await shop.client.resolve({
      session: session.id,
      resolution: { case: 'processor', action: 'dismiss', actor: 'tester' },
    });
    expect((await at.view(session)).attention).toEqual([]);
    await shop.pay(session);
    expect((await at.view(session)).attention).toHaveLength(1);
    expect(await workflowOf(shop, session).result()).toEqual({ state: 'closed', refunds: 0 });
  });
});
