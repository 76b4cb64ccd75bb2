import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { timeSkippingEnvironment } from '../../../../test/setup/time-skipping.js';
import { isSettled, runShop, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import type { AttemptId, ChargeOutcome, Session } from '../domain/index.js';
import { processorReportedSignal } from '../messages/index.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;

beforeAll(async () => {
  environment = await timeSkippingEnvironment();
  shop = await runShop({ label: 'await payment', client: environment.client, address: environment.address });
});

afterAll(async () => {
  await shop.stop();
  await environment.teardown();
});

beforeEach(() => {
  shop.processor.charges.length = 0;
  shop.processor.cancels.length = 0;
  shop.processor.down = false;
  shop.goods.taxDown = false;
  shop.goods.plans.length = 0;
});

const chargesOf = (attempt: AttemptId) => shop.processor.ledger.filter(({ kind, reference }) => kind === 'charge' && reference === attempt);

const eventsOf = async (session: Session) => (await shop.stores.events.listByPayment(session.payment)).map(({ type }) => type);

const report = (session: Session, attempt: AttemptId, outcome: ChargeOutcome) =>
  workflowOf(shop, session).signal(processorReportedSignal, { kind: 'payment', inbox: 'inb_testtesttesttesttest0', attempt, outcome });

const succeeded: ChargeOutcome = { status: 'succeeded', captured: { amount: 1000, currency: 'EUR' } };

describe('a charge that is answered at once', () => {
  it('is paid, handed over and announced', async () => {
    const session = await shop.open();
    const { attempt, answer } = await shop.pay(session);
    expect(answer).toEqual({ status: 'succeeded' });
    const payment = await shop.until(session, isSettled);
    expect(payment).toMatchObject({ status: 'succeeded', invoice: { number: expect.any(String) }, hasLicenseKey: true });
    expect(payment.attempt?.frozen?.quote).toMatchObject({ total: 1000, tax: 160 });
    expect(chargesOf(attempt)).toHaveLength(1);
    expect(await eventsOf(session)).toEqual(expect.arrayContaining(['payment.succeeded', 'license_key.created', 'entitlement_grant.delivered']));
  });

  it('leaves the session payable when it was declined, and the next attempt pays', async () => {
    const session = await shop.open();
    shop.processor.charges.push('decline');
    const first = await shop.pay(session);
    expect(first.answer).toEqual({ status: 'failed', code: 'CARD_DECLINED' });
    expect(await shop.payment(session)).toMatchObject({ status: 'failed' });
    const second = await shop.pay(session);
    expect(second.answer).toEqual({ status: 'succeeded' });
    await shop.until(session, isSettled);
    expect(chargesOf(first.attempt)).toHaveLength(0);
    expect(chargesOf(second.attempt)).toHaveLength(1);
    expect(await eventsOf(session)).toEqual(expect.arrayContaining(['payment.failed', 'payment.succeeded']));
  });

  it('answers the result of the winner to a press of Pay that comes after it', async () => {
    const session = await shop.open();
    await shop.pay(session);
    const late = await shop.pay(session);
    expect(late.answer).toEqual({ status: 'succeeded' });
    expect(chargesOf(late.attempt)).toHaveLength(0);
  });

  it('is one charge and two refusals when Pay is pressed three times at once', async () => {
    const session = await shop.open();
    const answers = await Promise.all([shop.pay(session), shop.pay(session), shop.pay(session)]);
    const charged = answers.filter(({ attempt }) => chargesOf(attempt).length > 0);
    expect(charged).toHaveLength(1);
    expect(answers.filter(({ answer }) => answer.status === 'succeeded').length).toBeGreaterThanOrEqual(1);
  });

  it('charges nothing when the total is not the one that the buyer saw', async () => {
    const session = await shop.open();
    const { attempt, answer } = await shop.pay(session, 999);
    expect(answer).toEqual({ status: 'refused', reason: 'amount_changed' });
    expect(shop.processor.calls).not.toContain(`create ${attempt}`);
    expect((await shop.pay(session)).answer).toEqual({ status: 'succeeded' });
  });

  it('charges nothing without a tax quote', async () => {
    shop.goods.taxDown = true;
    const session = await shop.open();
    expect((await shop.pay(session)).answer).toEqual({ status: 'refused', reason: 'tax_unavailable' });
  });

  it('refuses an amount below the minimum of the processor', async () => {
    const session = await shop.open({ unitPrice: 49 });
    expect((await shop.pay(session)).answer).toEqual({ status: 'refused', reason: 'below_minimum' });
  });

  it('needs no processor for a total of nothing', async () => {
    const session = await shop.open({ unitPrice: 0 });
    const { attempt, answer } = await shop.pay(session);
    expect(answer).toEqual({ status: 'succeeded' });
    await shop.until(session, isSettled);
    expect(shop.processor.calls.filter((call) => call.endsWith(attempt))).toEqual([]);
  });

  it('is held when less was captured than asked, and goes on when the merchant accepts', async () => {
    shop.processor.charges.push('short');
    const session = await shop.open();
    expect((await shop.pay(session)).answer).toEqual({ status: 'processing' });
    expect(await shop.payment(session)).toMatchObject({ status: 'requires_merchant_action', state: { value: { kind: 'held' } } });
    expect(await shop.stores.grants.listByPayment(session.payment)).toEqual([]);
    await shop.client.resolve({ session: session.id, resolution: { case: 'mismatch', action: 'accept', actor: 'tester' } });
    await shop.until(session, isSettled);
  });

  it('goes back whole when the merchant refuses what was captured', async () => {
    shop.processor.charges.push('short');
    const session = await shop.open();
    const { attempt } = await shop.pay(session);
    await shop.client.resolve({ session: session.id, resolution: { case: 'mismatch', action: 'refund', actor: 'tester' } });
    await shop.until(session, ({ state }) => state.value.kind === 'closed');
    expect(shop.processor.ledger).toContainEqual({ kind: 'refund', reference: `return_${attempt}`, amount: { amount: 999, currency: 'EUR' } });
    expect(await shop.stores.grants.listByPayment(session.payment)).toEqual([]);
  });

  it('is paid when more was captured than asked', async () => {
    shop.processor.charges.push('excess');
    const session = await shop.open();
    await shop.pay(session);
    const payment = await shop.until(session, isSettled);
    expect(payment.state.value).toMatchObject({ captured: { amount: 1100 } });
  });
});

describe('a charge that its buyer finishes elsewhere', () => {
  const redirected = async () => {
    shop.processor.charges.push('redirect');
    const session = await shop.open();
    const { attempt, answer } = await shop.pay(session);
    expect(answer).toEqual({ status: 'requires_action' });
    return { session, attempt };
  };

  it('is paid by the report of the processor', async () => {
    const { session, attempt } = await redirected();
    expect(await shop.payment(session)).toMatchObject({ status: 'requires_customer_action' });
    shop.processor.settle(attempt, 'succeeded');
    await report(session, attempt, succeeded);
    await shop.until(session, isSettled);
  });

  it('is paid once by a report that comes twice', async () => {
    const { session, attempt } = await redirected();
    await report(session, attempt, succeeded);
    await report(session, attempt, succeeded);
    await shop.until(session, isSettled);
    const types = await eventsOf(session);
    expect(types.filter((type) => type === 'payment.succeeded')).toHaveLength(1);
    expect(await shop.stores.grants.listByPayment(session.payment)).toHaveLength(1);
  });

  it('is looked up when the buyer returns', async () => {
    const { session, attempt } = await redirected();
    shop.processor.settle(attempt, 'succeeded');
    await shop.client.buyerReturned({ ...session, session: session.id, attempt });
    await shop.until(session, isSettled);
  });

  it('is looked up after a minute when nobody says anything', async () => {
    const { session, attempt } = await redirected();
    shop.processor.settle(attempt, 'succeeded');
    await environment.sleep('70 seconds');
    await shop.until(session, isSettled);
  });

  it('fails when the buyer gives up, and stays payable', async () => {
    const { session, attempt } = await redirected();
    shop.processor.settle(attempt, 'cancelled');
    await shop.client.buyerReturned({ ...session, session: session.id, attempt });
    await shop.until(session, ({ status }) => status === 'failed');
    expect((await shop.pay(session)).answer).toEqual({ status: 'succeeded' });
  });

  it('is cancelled at the processor before a new attempt', async () => {
    const { session, attempt } = await redirected();
    const second = await shop.pay(session);
    expect(second.answer).toEqual({ status: 'succeeded' });
    expect(shop.processor.calls).toContain(`cancel ${attempt}`);
    expect(shop.processor.resultOf(attempt).status).toBe('cancelled');
  });

  it('wins over a new attempt when it turns out to be paid', async () => {
    const { session, attempt } = await redirected();
    shop.processor.settle(attempt, 'succeeded');
    const second = await shop.pay(session);
    expect(second.answer).toEqual({ status: 'succeeded' });
    expect(chargesOf(second.attempt)).toHaveLength(0);
    expect((await shop.until(session, isSettled)).attempt?.id).toBe(attempt);
  });

  it('blocks a new attempt while a cancel leaves it open', async () => {
    const { session } = await redirected();
    shop.processor.cancels.push('processing');
    const second = await shop.pay(session);
    expect(second.answer).toEqual({ status: 'refused', reason: 'previous_payment_pending' });
    expect(await shop.payment(session)).toMatchObject({ status: 'processing' });
  });

  it('is not moved by a report about an older attempt', async () => {
    const { session, attempt } = await redirected();
    const second = await shop.pay(session);
    await report(session, attempt, { status: 'failed', code: 'CARD_DECLINED' });
    const payment = await shop.until(session, isSettled);
    expect(payment.attempt?.id).toBe(second.attempt);
  });

  it('drops signals that nobody can read', async () => {
    const { session, attempt } = await redirected();
    const handle = workflowOf(shop, session);
    for (const garbage of [null, 'x', { kind: 'payment' }, { kind: 'payment', inbox: 'i', attempt, outcome: { status: 'succeeded' } }]) {
      await handle.signal('processorReported', garbage);
      await handle.signal('buyerReturned', garbage);
      await handle.signal('refund', garbage);
    }
    await report(session, attempt, succeeded);
    await shop.until(session, isSettled);
  });
});
