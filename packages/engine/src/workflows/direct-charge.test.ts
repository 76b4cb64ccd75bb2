import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { stepsIn, timeSkippingShop } from '../../../../test/support/purchase-steps.js';
import { isSettled, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;
let at: ReturnType<typeof stepsIn>;

beforeAll(async () => {
  ({ shop, environment } = await timeSkippingShop('direct charge'));
  at = stepsIn(shop);
});

afterAll(async () => {
  await shop.stop();
  await environment.teardown();
});

beforeEach(() => {
  shop.processor.charges.length = 0;
  shop.goods.taxDown = false;
});

describe('a charge that is answered at once', () => {
  it('is paid, handed over and announced', async () => {
    const session = await shop.open();
    const { attempt, answer } = await shop.pay(session);
    expect(answer).toEqual({ status: 'succeeded' });
    const payment = await shop.until(session, isSettled);
    expect(payment).toMatchObject({
      status: 'succeeded',
      invoice: { number: expect.any(String) },
      hasLicenseKey: true,
    });
    expect(payment.attempt?.frozen?.quote).toMatchObject({ total: 1000, tax: 160 });
    expect(at.chargesOf(attempt)).toHaveLength(1);
    expect(await at.eventsOf(session)).toEqual(
      expect.arrayContaining(['payment.succeeded', 'license_key.created', 'entitlement_grant.delivered']),
    );
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
    expect(at.chargesOf(first.attempt)).toHaveLength(0);
    expect(at.chargesOf(second.attempt)).toHaveLength(1);
    expect(await at.eventsOf(session)).toEqual(expect.arrayContaining(['payment.failed', 'payment.succeeded']));
  });

  it('answers the result of the winner to a press of Pay that comes after it', async () => {
    const session = await shop.open();
    await shop.pay(session);
    const late = await shop.pay(session);
    expect(late.answer).toEqual({ status: 'succeeded' });
    expect(at.chargesOf(late.attempt)).toHaveLength(0);
  });

  it('is one charge and two refusals when Pay is pressed three times at once', async () => {
    const session = await shop.open();
    const answers = await Promise.all([shop.pay(session), shop.pay(session), shop.pay(session)]);
    const charged = answers.filter(({ attempt }) => at.chargesOf(attempt).length > 0);
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

  it('refuses what nobody can read and attempts that are not its own, and still sells', async () => {
    const session = await shop.open();
    const foreign = await shop.newAttempt(await shop.newSession());
    const handle = workflowOf(shop, session);
    for (const garbage of [null, 'x', {}, { attempt: 7 }, { attempt: 'att_unknown' }, { attempt: foreign }]) {
      expect(await handle.executeUpdate('submitPayment', { args: [garbage] })).toEqual({
        status: 'refused',
        reason: 'unknown_attempt',
      });
    }
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
    expect(await shop.payment(session)).toMatchObject({
      status: 'requires_merchant_action',
      state: { value: { kind: 'held' } },
    });
    expect(await shop.stores.grants.listByPayment(session.payment)).toEqual([]);
    await shop.client.resolve({
      session: session.id,
      resolution: { case: 'mismatch', action: 'accept', actor: 'tester' },
    });
    await shop.until(session, isSettled);
  });

  it('goes back whole when the merchant refuses what was captured', async () => {
    shop.processor.charges.push('short');
    const session = await shop.open();
    const { attempt } = await shop.pay(session);
    await shop.client.resolve({
      session: session.id,
      resolution: { case: 'mismatch', action: 'refund', actor: 'tester' },
    });
    await shop.until(session, ({ state }) => state.value.kind === 'closed');
    expect(shop.processor.ledger).toContainEqual({
      kind: 'refund',
      reference: `return_${attempt}`,
      amount: { amount: 999, currency: 'EUR' },
    });
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
