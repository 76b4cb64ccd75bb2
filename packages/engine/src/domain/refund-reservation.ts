import { sum } from './arithmetic.js';
import { DomainError } from './domain-error.js';
import type { Payment } from './payment.js';
import type { RefundRequest } from './refund-rules.js';
import { planRefund } from './refund-rules.js';
import { linesRefundedInFull } from './refund-standing.js';
import type { Paid } from './refund-shares.js';
import type { Refund } from './refund.js';

const DAY_MS = 86_400_000;

/** What was paid for a purchase; null as long as no money moved. */
export function paidOf({ state, attempt }: Pick<Payment, 'state' | 'attempt'>): Paid | null {
  const captured = state.value.kind === 'paid' || state.value.kind === 'held' ? state.value.captured : null;
  const quote = attempt?.frozen?.quote;
  return captured && quote ? { quote, captured } : null;
}

/** The cart lines of a payment whose whole price went back and settled: what they granted ends. */
export function refundedInFull(payment: Pick<Payment, 'state' | 'attempt' | 'refunds'>): readonly string[] {
  const paid = paidOf(payment);
  return paid ? linesRefundedInFull({ paid, refunds: payment.refunds }) : [];
}

/** Asks for a refund on behalf of a caller. */
export interface ReserveRefund {
  readonly payment: Payment;
  readonly request: RefundRequest;
  readonly refund: Pick<Refund, 'id' | 'reason' | 'metadata'>;
  readonly now: Date;
  /** Days from payment in which callers may ask. */
  readonly windowDays: number;
}

/**
 * The pending refund to add to the payment, or the DomainError of the rule that forbids it. Pure: reserve it by a conditional update over the revision that was read, and
 * ask again with the newer payment when somebody was faster.
 */
export function reserveRefund({ payment, request, refund, now, windowDays }: ReserveRefund): Refund {
  const paid = payment.state.value.kind === 'paid' ? paidOf(payment) : null;
  if (!paid)
    throw new DomainError(
      'PAYMENT_NOT_REFUNDABLE',
      `payment ${payment.id} has not succeeded: only a succeeded payment can be refunded`,
    );
  if (payment.paidAt !== null && now.getTime() > payment.paidAt.getTime() + windowDays * DAY_MS) {
    throw new DomainError(
      'REFUND_WINDOW_EXPIRED',
      `payment ${payment.id} could be refunded for ${windowDays} days after it succeeded`,
    );
  }
  const lines = planRefund({ paid, refunds: payment.refunds, request });
  const amount = sum(lines.map((line) => line.amount));
  return {
    ...refund,
    status: 'pending',
    lines,
    amount,
    isPartial: amount < paid.captured.amount,
    createdAt: now,
    settledAt: null,
    processorRef: null,
    sentAt: null,
    failure: null,
  };
}
