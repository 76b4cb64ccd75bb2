import { RetryableError } from '@payonce/plugin-sdk';
import type { CardSummary, PaymentResult, RefundResult } from '@payonce/plugin-sdk';
import type { Charge, Intent, Session, StripeRefund } from './answers.js';
import { toDeclineCode } from './declines.js';
import type { StripeDecline } from './declines.js';
import { fromStripeAmount } from './units.js';

/** Of a payment whose buyer is on a page of Stripe's: there a declined card may be followed by another, so that only the page itself can fail. */
export const isOnPage = ({ metadata }: Intent): boolean => metadata.payonce_flow === 'page';

/** A payment in the words of the contract. One that the buyer may still pay is failed here: on a page, ask the page (`toSessionResult`). */
export function toIntentResult(intent: Intent): PaymentResult {
  const { id: processorRef, status, currency } = intent;
  switch (status) {
    case 'succeeded': {
      const captured = fromStripeAmount({ amount: intent.amount_received, currency });
      return { status: 'succeeded', processorRef, captured, ...howPaid(chargeOf(intent)) };
    }
    case 'requires_capture': {
      const authorized = fromStripeAmount({ amount: intent.amount_capturable, currency });
      return { status: 'authorized', processorRef, authorized };
    }
    case 'requires_action': {
      const url = intent.next_action?.redirect_to_url?.url;
      if (url === undefined) throw withoutAction();
      return { status: 'requires_action', processorRef, action: { type: 'redirect', url } };
    }
    case 'requires_payment_method':
      return { ...toFailure(toDecline(intent)), processorRef, ...cardOf(chargeOf(intent)) };
    case 'requires_confirmation':
    case 'processing':
      return { status: 'processing', processorRef };
    case 'canceled':
      return { status: 'cancelled', processorRef };
  }
}

/** A page in the words of the contract: open, it can be paid; complete, its payment decides; expired, nobody can pay any more. One that does not say is not over. */
export function toSessionResult(session: Session): PaymentResult {
  const { id: processorRef, status, url, payment_intent: intent } = session;
  if (status === 'open') {
    if (url == null) throw withoutAction();
    return { status: 'requires_action', processorRef, action: { type: 'redirect', url } };
  }
  if (typeof intent === 'object' && intent !== null && (status === 'complete' || MOVING.has(intent.status)))
    return intent.status === 'requires_action'
      ? { status: 'processing', processorRef: intent.id }
      : toIntentResult(intent);
  return status === 'expired' ? { status: 'cancelled', processorRef } : toCompleteResult(session);
}

const MOVING = new Set<Intent['status']>(['succeeded', 'processing', 'requires_capture']);

/** As an event tells it, without its payment. */
export function toCompleteResult({
  id,
  payment_intent: intent,
  payment_status,
  amount_total,
  currency,
}: Session): PaymentResult {
  const processorRef = (typeof intent === 'string' ? intent : intent?.id) ?? id;
  if (payment_status !== 'paid' || amount_total == null || currency == null)
    return { status: 'processing', processorRef };
  return { status: 'succeeded', processorRef, captured: fromStripeAmount({ amount: amount_total, currency }) };
}

/** A charge in the words of the contract, undefined while it only holds the money: the one event that tells of the card. */
export function toChargeResult(charge: Charge): PaymentResult | undefined {
  const { payment_intent: processorRef, captured, amount_captured: amount, currency } = charge;
  if (processorRef == null || !captured || amount === 0) return undefined;
  return { status: 'succeeded', processorRef, captured: fromStripeAmount({ amount, currency }), ...howPaid(charge) };
}

/** A refund in the words of the contract. */
export function toRefundResult(refund: StripeRefund): RefundResult {
  const processorRef = refund.id;
  const status = refund.status ?? 'pending';
  switch (status) {
    case 'succeeded':
      return { status, processorRef, refunded: fromStripeAmount(refund) };
    case 'failed':
    case 'canceled': {
      const code = refund.failure_reason ?? status;
      return { status: 'failed', processorRef, code, message: `the refund failed at Stripe: ${code}` };
    }
    case 'pending':
    case 'requires_action':
      return { status: 'pending', processorRef };
  }
}

/** A decline. What the issuer suspects stays out of the message, which the buyer reads. */
export function toFailure(decline: StripeDecline): Extract<PaymentResult, { status: 'failed' }> {
  const declineCode = toDeclineCode(decline);
  return { status: 'failed', declineCode, message: 'the payment was declined' };
}

const toDecline = ({ last_payment_error: error }: Intent): StripeDecline => ({
  declineCode: error?.decline_code,
  code: error?.code,
});

type Details = Pick<Charge, 'payment_method_details'>;

const chargeOf = ({ latest_charge: charge }: Intent): Details | undefined =>
  typeof charge === 'object' ? (charge ?? undefined) : undefined;

function howPaid(charge: Details | undefined): { readonly method?: string; readonly card?: CardSummary } {
  const method = charge?.payment_method_details?.type;
  return { ...(method !== undefined && { method }), ...cardOf(charge) };
}

const FUNDING: Readonly<Record<string, 'CREDIT' | 'DEBIT'>> = { credit: 'CREDIT', debit: 'DEBIT' };

function cardOf(charge: Details | undefined): { readonly card?: CardSummary } {
  const card = charge?.payment_method_details?.card;
  if (card == null) return {};
  const type = FUNDING[card.funding ?? ''];
  return {
    card: {
      last4: card.last4,
      ...(card.brand != null && { network: card.brand.toUpperCase() }),
      ...(type !== undefined && { type }),
      ...(card.country != null && { issuingCountry: card.country }),
    },
  };
}

const withoutAction = (): RetryableError =>
  new RetryableError({
    code: 'processor_answer_invalid',
    message: 'Stripe wants the buyer to act, but does not say where',
  });
