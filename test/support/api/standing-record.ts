import { INITIAL_STATE, paymentStatus, transition } from '@payonce/engine/domain';
import type { Payment, PurchaseFact, Session } from '@payonce/engine/domain';
import type { StandingDeps } from './standing-deps.js';

/** The record of a session whose purchase starts. */
export async function createRecord({ stores, clock }: StandingDeps, session: Session): Promise<void> {
  const { business, mode, brand, currency, metadata, servedBy } = session;
  const at = clock.now();
  await stores.payments.insert({
    id: session.payment,
    session: session.id,
    business,
    mode,
    brand,
    currency,
    metadata,
    products: session.lines.map(({ product, quantity }) => ({ product, quantity })),
    processor: servedBy.processor,
    paymentProvider: 'dodo',
    state: { revision: 0, value: INITIAL_STATE, at },
    status: null,
    customer: null,
    attempt: null,
    paidAt: null,
    invoice: null,
    refunds: [],
    refundRevision: 0,
    hasLicenseKey: false,
    hasDigitalDelivery: false,
    createdAt: session.createdAt,
    updatedAt: at,
  });
  await stores.sessions.markStarted({ id: session.id, at });
}

/** One transition of the record, with what is shown beside it. */
export async function apply(
  { stores, clock }: StandingDeps,
  { payment: id, fact }: { readonly payment: Payment['id']; readonly fact: PurchaseFact },
): Promise<void> {
  const payment = await stores.payments.find(id);
  if (!payment) return;
  const value = transition(payment.state.value, fact);
  if (value === payment.state.value) return;
  const at = clock.now();
  const attempt = 'attempt' in fact ? await stores.attempts.find(fact.attempt) : undefined;
  await stores.payments.applyState({
    id,
    state: { revision: payment.state.revision + 1, value, at },
    status: paymentStatus(value),
    ...(attempt && {
      customer: attempt.request.customer,
      attempt: { id: attempt.id, request: attempt.request, frozen: attempt.frozen, outcome: attempt.outcome },
    }),
    ...(value.kind === 'paid' && payment.paidAt === null && { paidAt: at }),
  });
}

/** A refund's end, beside whatever else changes the refunds meanwhile. */
export async function settleRefund(
  { stores, clock }: StandingDeps,
  {
    payment: id,
    refund,
    status,
  }: { readonly payment: Payment['id']; readonly refund: string; readonly status: 'succeeded' | 'failed' },
): Promise<void> {
  for (;;) {
    const payment = await stores.payments.find(id);
    if (!payment) return;
    const refunds = payment.refunds.map((each) =>
      each.id === refund && each.status === 'pending' ? { ...each, status, settledAt: clock.now() } : each,
    );
    if (await stores.payments.replaceRefunds({ id, revision: payment.refundRevision, refunds })) return;
  }
}
