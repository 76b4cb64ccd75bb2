import type { DeclineCode } from '@payonce/plugin-sdk';
import { capturedAmount } from './domain/payment.js';
import type { Card, EventType, Payment } from './domain/payment.js';
import { reserved } from './domain/refund.js';
import type { Refund } from './domain/refund.js';

/** A payment as the API shows it. Times are ISO 8601, amounts minor units. */
export interface WirePayment {
  readonly id: string;
  readonly reference: string;
  readonly amount: number;
  readonly amount_captured: number;
  /** What refunds hold: everything that did not fail. */
  readonly amount_refunded: number;
  readonly currency: string;
  readonly status: Payment['state']['kind'];
  readonly decline_code?: DeclineCode;
  readonly card?: WireCard;
  readonly action?: { readonly type: 'redirect'; readonly url: string };
  readonly description?: string;
  readonly return_url: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface WireCard {
  readonly last4: string;
  readonly network: string;
  readonly type: 'credit' | 'debit';
  readonly exp_month: number;
  readonly exp_year: number;
  readonly issuing_country: string;
}

/** A refund as the API shows it. */
export interface WireRefund {
  readonly id: string;
  readonly payment: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: Refund['state']['kind'];
  readonly failure_code?: string;
  readonly reason?: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Renders a payment; `origin` is where its card page lives. */
export function toWirePayment(payment: Payment, origin: string): WirePayment {
  const { state } = payment;
  const card = cardOf(payment);
  return {
    id: payment.id,
    reference: payment.reference,
    amount: payment.amount,
    amount_captured: capturedAmount(payment),
    amount_refunded: reserved(payment.refunds),
    currency: payment.currency,
    status: state.kind,
    ...(state.kind === 'failed' && { decline_code: state.declineCode }),
    ...(card && { card: toWireCard(card) }),
    ...(state.kind === 'requires_action' && { action: { type: 'redirect' as const, url: actionUrl(payment, origin) } }),
    ...(payment.description !== undefined && { description: payment.description }),
    return_url: payment.returnUrl,
    metadata: payment.metadata,
    created_at: payment.createdAt.toISOString(),
    updated_at: payment.updatedAt.toISOString(),
  };
}

/** Renders a refund of a payment. */
export const toWireRefund = ({ id, currency }: Payment, refund: Refund): WireRefund => ({
  id: refund.id,
  payment: id,
  reference: refund.reference,
  amount: refund.amount,
  currency,
  status: refund.state.kind,
  ...(refund.state.kind === 'failed' && { failure_code: refund.state.code }),
  ...(refund.reason !== undefined && { reason: refund.reason }),
  created_at: refund.createdAt.toISOString(),
  updated_at: refund.updatedAt.toISOString(),
});

/** The exact text of a webhook: rendered once, when it happens, and sent unchanged in every attempt. */
export function toWebhookBody(event: {
  readonly id: string;
  readonly type: EventType;
  readonly at: Date;
  readonly payment: Payment;
  readonly refund?: string;
  readonly origin: string;
}): string {
  const refund = event.payment.refunds.find(({ id }) => id === event.refund);
  const data =
    refund === undefined
      ? { payment: toWirePayment(event.payment, event.origin) }
      : { refund: toWireRefund(event.payment, refund) };
  return JSON.stringify({ id: event.id, type: event.type, created_at: event.at.toISOString(), data });
}

function cardOf({ state }: Payment): Card | undefined {
  switch (state.kind) {
    case 'succeeded':
    case 'processing':
      return state.presented.card;
    case 'failed':
      return state.card;
    case 'requires_action':
      return state.challenge?.card;
    case 'cancelled':
      return undefined;
  }
}

const toWireCard = (card: Card): WireCard => ({
  last4: card.last4,
  network: card.network,
  type: card.type,
  exp_month: card.expMonth,
  exp_year: card.expYear,
  issuing_country: card.issuingCountry,
});

const actionUrl = ({ clientSecret, state }: Payment, origin: string): string =>
  `${origin}/pay/${clientSecret}${state.kind === 'requires_action' && state.challenge !== undefined ? '/challenge' : ''}`;
