import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { timeSkippingEnvironment } from '../../../../test/setup/time-skipping.js';
import { isSettled, runShop, workflowOf } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import type { SessionOptions } from '../../../../test/support/shop.js';
import type { RefundId, Session } from '../domain/index.js';
import { reserveRefund } from '../domain/index.js';
import { grantCompletedSignal, refundSignal, stateQuery } from '../messages/index.js';

let environment: TestWorkflowEnvironment;
let shop: RunningShop;

beforeAll(async () => {
  environment = await timeSkippingEnvironment();
  shop = await runShop({ label: 'after payment', client: environment.client, address: environment.address });
});

afterAll(async () => {
  await shop.stop();
  await environment.teardown();
});

beforeEach(() => {
  shop.processor.refunds.length = 0;
  shop.processor.down = false;
  shop.goods.plans.length = 0;
});

const view = (session: Session) => workflowOf(shop, session).query(stateQuery);
const grantsOf = (session: Session) => shop.stores.grants.listByPayment(session.payment);
const eventsOf = async (session: Session) => (await shop.stores.events.listByPayment(session.payment)).map(({ type }) => type);

const paid = async (options?: SessionOptions) => {
  const session = await shop.open(options);
  await shop.pay(session);
  await shop.until(session, ({ status }) => status === 'succeeded');
  return session;
};

const settledSale = async (options?: SessionOptions) => {
  const session = await paid(options);
  await shop.until(session, isSettled);
  return session;
};

const untilCase = async (session: Session, kind: string) => {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = (await view(session)).attention.find((open) => open.kind === kind);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no case of kind ${kind}`);
};

/** What the API does: reserve, then tell the purchase. */
const refund = async (session: Session, amount: number | null = null): Promise<RefundId> => {
  const payment = await shop.payment(session);
  const id = shop.deps.ids.mint('ref');
  const product = payment.products[0]?.product ?? '';
  const reserved = reserveRefund({
    payment,
    request: { items: amount === null ? null : [{ product, amount, taxInclusive: true }] },
    refund: { id, reason: null, metadata: {} },
    now: new Date(),
    windowDays: 30,
  });
  await shop.stores.payments.replaceRefunds({ id: payment.id, revision: payment.refundRevision, refunds: [...payment.refunds, reserved] });
  await shop.client.refund({ ...session, session: session.id, refund: id });
  return id;
};

const refundIs = (id: RefundId, status: string) => (payment: { refunds: readonly { id: string; status: string }[] }) =>
  payment.refunds.some((each) => each.id === id && each.status === status);

describe('handing over', () => {
  it('gives each unit of each entitlement its own grant', async () => {
    const session = await settledSale({ quantity: 3, providers: ['goods', 'goods-outside'] });
    const grants = await grantsOf(session);
    expect(grants).toHaveLength(6);
    expect(new Set(grants.map(({ licenseKey }) => licenseKey)).size).toBe(6);
    expect(grants.every(({ status }) => status === 'delivered')).toBe(true);
  });

  it('delivers the others when one provider fails for good, and that one after retryFulfillment', async () => {
    shop.goods.plans.push('permanent');
    const session = await paid({ quantity: 2 });
    const open = await untilCase(session, 'grant');
    expect((await grantsOf(session)).map(({ status }) => status).sort()).toEqual(['delivered', 'failed']);
    expect(await eventsOf(session)).toContain('entitlement_grant.failed');
    expect((await view(session)).waitsFor).toContain(open.id);
    expect(await shop.client.retryFulfillment({ session: session.id, actor: 'tester' })).toEqual([open.object]);
    await shop.until(session, isSettled);
    expect((await grantsOf(session)).every(({ status }) => status === 'delivered')).toBe(true);
  });

  it('goes on when an operator delivers by hand, or waives', async () => {
    shop.goods.plans.push('permanent', 'permanent');
    const session = await paid({ quantity: 2 });
    await untilCase(session, 'grant');
    const cases = (await view(session)).attention;
    expect(cases).toHaveLength(2);
    await shop.client.resolve({ session: session.id, resolution: { case: cases[0]?.id ?? '', action: 'deliverByHand', evidence: 'sent by mail', actor: 'tester' } });
    await shop.client.resolve({ session: session.id, resolution: { case: cases[1]?.id ?? '', action: 'waive', actor: 'tester' } });
    await shop.until(session, isSettled);
    expect((await grantsOf(session)).map(({ status }) => status).sort()).toEqual(['delivered', 'failed']);
  });

  it('tries a provider again that is away, and one that hangs', async () => {
    shop.goods.plans.push('retryable', 'retryable', 'hang');
    const session = await settledSale({ providers: ['goods-outside'] });
    expect(await grantsOf(session)).toMatchObject([{ status: 'delivered' }]);
  });

  it('keeps the run open while a person finishes a grant', async () => {
    shop.goods.plans.push('pending');
    const session = await settledSale({ providers: ['goods-outside'] });
    expect(await grantsOf(session)).toMatchObject([{ status: 'pending', awaiting: 'a person' }]);
    await environment.sleep('31 days');
    expect((await workflowOf(shop, session).describe()).status.name).toBe('RUNNING');
    const [grant] = await grantsOf(session);
    if (grant) await workflowOf(shop, session).signal(grantCompletedSignal, { grant: grant.id });
    expect(await workflowOf(shop, session).result()).toEqual({ state: 'paid', refunds: 0 });
  });

  it('is not undone by a cancellation', async () => {
    const session = await settledSale();
    await workflowOf(shop, session).cancel();
    await environment.sleep('1 minute');
    expect(await shop.payment(session)).toMatchObject({ status: 'succeeded' });
    expect((await workflowOf(shop, session).describe()).status.name).toBe('RUNNING');
  });
});

describe('refunds', () => {
  it('in full end what was granted', async () => {
    const session = await settledSale();
    const id = await refund(session);
    const payment = await shop.until(session, refundIs(id, 'succeeded'));
    expect(payment.refunds).toMatchObject([{ amount: 1000, isPartial: false }]);
    for (let tries = 0; tries < 100 && (await grantsOf(session))[0]?.status !== 'revoked'; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    const [grant] = await grantsOf(session);
    expect(grant).toMatchObject({ status: 'revoked', revocationReason: 'refund' });
    expect(shop.goods.revoked).toContain(grant?.id);
    const key = grant?.licenseKey ? await shop.stores.licenses.find({ ...session, id: grant.licenseKey }) : undefined;
    expect(key?.disabled).toBe(true);
    expect(await eventsOf(session)).toEqual(expect.arrayContaining(['refund.succeeded', 'entitlement_grant.revoked']));
  });

  it('in part leave access alone', async () => {
    const session = await settledSale();
    const id = await refund(session, 400);
    await shop.until(session, refundIs(id, 'succeeded'));
    expect(await grantsOf(session)).toMatchObject([{ status: 'delivered' }]);
  });

  it('are served while a grant is parked', async () => {
    shop.goods.plans.push('permanent');
    const session = await paid();
    await untilCase(session, 'grant');
    const id = await refund(session, 100);
    await shop.until(session, refundIs(id, 'succeeded'));
  });

  it('that are pending settle by the report of the processor', async () => {
    shop.processor.refunds.push('pending');
    const session = await settledSale();
    const id = await refund(session);
    await environment.sleep('10 seconds');
    expect((await view(session)).refundsInProgress).toEqual([id]);
    expect(await eventsOf(session)).not.toContain('refund.succeeded');
    await shop.client.report({ ...session, session: session.id, report: { kind: 'refund', inbox: 'inb_testtesttesttesttest0', refund: id, status: 'succeeded' } });
    await shop.until(session, refundIs(id, 'succeeded'));
  });

  it('that are pending settle by a look-up when no report comes', async () => {
    shop.processor.refunds.push('pending');
    const session = await settledSale();
    const id = await refund(session);
    await environment.sleep('5 seconds');
    shop.processor.settleRefund(id, 'succeeded');
    await environment.sleep('70 seconds');
    await shop.until(session, refundIs(id, 'succeeded'));
  });

  it('that fail release what they reserved', async () => {
    shop.processor.refunds.push('fail');
    const session = await settledSale();
    const failed = await refund(session);
    await shop.until(session, refundIs(failed, 'failed'));
    const again = await refund(session);
    await shop.until(session, refundIs(again, 'succeeded'));
    expect(await eventsOf(session)).toEqual(expect.arrayContaining(['refund.failed', 'refund.succeeded']));
  });

  it('whose answer was lost happen once', async () => {
    shop.processor.refunds.push('lost');
    const session = await settledSale();
    const id = await refund(session);
    await environment.sleep('10 seconds');
    await shop.until(session, refundIs(id, 'succeeded'));
    expect(shop.processor.ledger.filter(({ reference }) => reference === id)).toHaveLength(1);
  });

  it('become a case when the processor stays away, and go on when it is back', async () => {
    const session = await settledSale();
    shop.processor.down = true;
    const id = await refund(session);
    await environment.sleep('20 minutes');
    expect(await untilCase(session, 'refund')).toMatchObject({ object: id, actions: ['retry', 'markDone', 'release'] });
    shop.processor.down = false;
    await shop.client.resolve({ session: session.id, resolution: { case: 'refund', action: 'retry', actor: 'tester' } });
    await environment.sleep('2 minutes');
    await shop.until(session, refundIs(id, 'succeeded'));
  });

  it('can be typed by an operator under the same rules', async () => {
    const session = await settledSale();
    await workflowOf(shop, session).signal(refundSignal, { amount: 300, reason: 'goodwill' });
    await shop.until(session, ({ refunds }) => refunds.some(({ status, amount }) => status === 'succeeded' && amount === 300));
    await workflowOf(shop, session).signal(refundSignal, { amount: 701 });
    await environment.sleep('5 seconds');
    expect((await shop.payment(session)).refunds).toHaveLength(1);
    await workflowOf(shop, session).signal(refundSignal, {});
    await shop.until(session, ({ refunds }) => refunds.filter(({ status }) => status === 'succeeded').reduce((sum, { amount }) => sum + amount, 0) === 1000);
  });

  it('are told twice and happen once', async () => {
    const session = await settledSale();
    const id = await refund(session, 200);
    await shop.client.refund({ ...session, session: session.id, refund: id });
    await shop.until(session, refundIs(id, 'succeeded'));
    expect(shop.processor.ledger.filter(({ reference }) => reference === id)).toHaveLength(1);
  });

  it('are possible until the window closes, and then the run ends', async () => {
    const session = await settledSale();
    await environment.sleep('29 days');
    const id = await refund(session, 100);
    await shop.until(session, refundIs(id, 'succeeded'));
    expect(await workflowOf(shop, session).result()).toEqual({ state: 'paid', refunds: 1 });
  });
});
