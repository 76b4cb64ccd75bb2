import { purchaseWorkflowId } from '../purchase-names.js';
import type { Dossier } from './dossier.js';

/** A dossier for programs: ids, states, amounts and times, without people and keys. */
export const dossierJson = ({ session, payment, running, live, attempts, grants, events, deliveries }: Dossier) => ({
  session: {
    id: session.id,
    mode: session.mode,
    business: session.business,
    created_at: session.createdAt,
    expires_at: session.expiresAt,
    started_at: session.startedAt,
    processor: payment?.processor ?? session.servedBy.processor,
    lines: session.lines.map(({ product, name, quantity }) => ({ product, name, quantity })),
  },
  payment: payment === undefined ? null : paymentJson(payment),
  workflow: { id: purchaseWorkflowId(session.id), running: running ?? null },
  live: 'view' in live ? live.view : null,
  silence: 'silence' in live ? live.silence : null,
  attempts: attempts.map(({ id, createdAt, acceptedAt, sentAt, voidedAt, frozen, outcome }) => ({
    id,
    created_at: createdAt,
    accepted_at: acceptedAt,
    sent_at: sentAt,
    voided_at: voidedAt,
    total: frozen?.quote.total ?? null,
    outcome: outcome?.status ?? null,
    processor_ref: outcome?.processorRef ?? null,
    error_code: outcome?.error?.code ?? null,
  })),
  grants: grants.map(({ id, provider, productName, status, awaiting, error, updatedAt }) => ({
    id,
    provider,
    product: productName,
    status,
    awaiting,
    error,
    updated_at: updatedAt,
  })),
  events: events.map(({ id, type, createdAt }) => ({
    id,
    type,
    created_at: createdAt,
    deliveries: deliveries
      .filter(({ event }) => event === id)
      .map(({ id: delivery, endpoint, status, attempts: tries, lastStatus, lastError }) => ({
        id: delivery,
        endpoint,
        status,
        tries,
        last_status: lastStatus,
        last_error: lastError,
      })),
  })),
});

const paymentJson = (payment: NonNullable<Dossier['payment']>) => ({
  id: payment.id,
  status: payment.status,
  state: payment.state.value,
  revision: payment.state.revision,
  state_since: payment.state.at,
  paid_at: payment.paidAt,
  customer: payment.customer?.id ?? null,
  country: payment.attempt?.request.billing.country ?? null,
  invoice: payment.invoice?.number ?? null,
  refunds: payment.refunds.map(({ id, status, amount, reason, createdAt, settledAt, failure }) => ({
    id,
    status,
    amount,
    reason,
    created_at: createdAt,
    settled_at: settledAt,
    failure,
  })),
});
