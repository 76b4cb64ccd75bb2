import { createGrantReports } from '@payonce/engine/client';
import { reserveRefund } from '@payonce/engine/domain';
import type { AttemptId, ChargeOutcome, LearnedOutcome, RefundId, Session } from '@payonce/engine/domain';
import { processorReportedSignal, stateQuery } from '@payonce/engine/messages';
import type { AttentionCase } from '@payonce/engine/messages';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { timeSkippingEnvironment } from '../setup/time-skipping.js';
import { isSettled, runShop, workflowOf } from './running-shop.js';
import type { RunningShop } from './running-shop.js';
import type { SessionOptions } from './carts.js';

/** The id of a report that no inbox knows: the workflow believes what it is told. */
const INBOX = 'inb_testtesttesttesttest0';

/** All of what the buyer of a test saw. */
export const SUCCEEDED: ChargeOutcome = { status: 'succeeded', captured: { amount: 1000, currency: 'EUR' } };

/** A shop on a server that skips time. */
export async function timeSkippingShop(
  label: string,
): Promise<{ readonly shop: RunningShop; readonly environment: TestWorkflowEnvironment }> {
  const environment = await timeSkippingEnvironment();
  return { environment, shop: await runShop({ label, client: environment.client, address: environment.address }) };
}

/** The common moves of purchase tests, in one shop. */
export const stepsIn = (shop: RunningShop) => ({
  /** What the API does with reports about grants. */
  reports: createGrantReports({ ...shop.deps, client: shop.client }),
  chargesOf: (attempt: AttemptId) =>
    shop.processor.ledger.filter(({ kind, reference }) => kind === 'charge' && reference === attempt),
  eventsOf: async (session: Session) =>
    (await shop.stores.events.listByPayment(session.payment)).map(({ type }) => type),
  grantsOf: (session: Session) => shop.stores.grants.listByPayment(session.payment),
  view: (session: Session) => workflowOf(shop, session).query(stateQuery),
  report: (session: Session, attempt: AttemptId, outcome: LearnedOutcome) =>
    workflowOf(shop, session).signal(processorReportedSignal, { kind: 'payment', inbox: INBOX, attempt, outcome }),
  reportLate: (session: Session, attempt: AttemptId, outcome: ChargeOutcome) =>
    shop.client.report({
      ...session,
      session: session.id,
      report: { kind: 'payment', inbox: INBOX, attempt, outcome },
    }),
  reportRefund: (session: Session, refund: RefundId, status: 'succeeded' | 'failed') =>
    shop.client.report({ ...session, session: session.id, report: { kind: 'refund', inbox: INBOX, refund, status } }),
  /** A sale whose money moved. */
  async paid(options?: SessionOptions): Promise<Session> {
    const session = await shop.open(options);
    await shop.pay(session);
    await shop.until(session, ({ status }) => status === 'succeeded');
    return session;
  },
  /** A sale that is handed over. */
  async settled(options?: SessionOptions): Promise<Session> {
    const session = await shop.open(options);
    await shop.pay(session);
    await shop.until(session, isSettled);
    return session;
  },
  /** A session whose buyer is at the processor. */
  async redirected(options?: SessionOptions): Promise<{ readonly session: Session; readonly attempt: AttemptId }> {
    shop.processor.charges.push('redirect');
    const session = await shop.open(options);
    const { attempt } = await shop.pay(session);
    return { session, attempt };
  },
  /** What the API does: reserves, then tells the purchase. */
  async refund(session: Session, amount: number | null = null): Promise<RefundId> {
    const payment = await shop.payment(session);
    const id = shop.deps.ids.mint('ref');
    const product = payment.products[0]?.product ?? '';
    const items = amount === null ? null : [{ product, amount, taxInclusive: true }];
    const refund = { id, reason: null, metadata: {} };
    const reserved = reserveRefund({ payment, request: { items }, refund, now: new Date(), windowDays: 30 });
    const refunds = [...payment.refunds, reserved];
    await shop.stores.payments.replaceRefunds({ id: payment.id, revision: payment.refundRevision, refunds });
    await shop.client.refund({ ...session, session: session.id, refund: id });
    return id;
  },
  /** Waits until the operator's list has a case of a kind. */
  async untilCase(session: Session, kind: AttentionCase['kind']): Promise<AttentionCase> {
    for (let tries = 0; tries < 200; tries += 1) {
      const { attention } = await workflowOf(shop, session).query(stateQuery);
      const found = attention.find((open) => open.kind === kind);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`no case of kind ${kind}`);
  },
});

/** Whether a refund of a payment has come to a status. */
export const refundIs =
  (id: RefundId, status: string) =>
  (payment: { refunds: readonly { id: string; status: string }[] }): boolean =>
    payment.refunds.some((each) => each.id === id && each.status === status);
