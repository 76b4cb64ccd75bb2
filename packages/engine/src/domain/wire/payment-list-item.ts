import type { Currency } from '@payonce/plugin-sdk';
import type { Metadata } from '../metadata.js';
import type { Payment } from '../payment.js';
import type { PaymentStatus } from '../payment-status.js';
import { paidOf } from '../refund-reservation.js';
import { refundStatus } from '../refund-standing.js';
import { customerOf, toCustomerDetails } from './customer.js';
import type { WireCustomerDetails } from './customer.js';
import { timestamp } from './timestamp.js';

/** What a payment and its entry in a list have in common. */
export interface WirePaymentSummary {
  readonly payment_id: string;
  readonly brand_id: string;
  readonly created_at: string;
  readonly currency: Currency;
  readonly customer: WireCustomerDetails;
  readonly metadata: Metadata;
  /** With tax, minor units. */
  readonly total_amount: number;
  readonly status: PaymentStatus;
  readonly refund_status: 'partial' | 'full' | null;
  readonly payment_provider: Payment['paymentProvider'];
  /** 'card' */
  readonly payment_method: string | null;
  readonly payment_method_type: null;
  readonly card_last_four: string | null;
  readonly card_network: string | null;
  readonly digital_products_delivered: boolean;
  readonly invoice_id: string | null;
  readonly invoice_url: null;
  readonly subscription_id: null;
  readonly is_multi_subscription: false;
  readonly subscription_ids: string[];
}

/** A payment in a list. */
export interface WirePaymentListItem extends WirePaymentSummary {
  readonly has_license_key: boolean;
  readonly dispute_status: null;
}

/** A payment as GET /payments lists it. Throws NOT_FOUND for one that was not attempted yet. */
export const toPaymentListItem = ({ payment }: { readonly payment: Payment }): WirePaymentListItem => ({
  ...toPaymentSummary(payment),
  has_license_key: payment.hasLicenseKey,
  dispute_status: null,
});

/** The part that a payment and its entry in a list share. */
export function toPaymentSummary(payment: Payment): WirePaymentSummary {
  const outcome = payment.attempt?.outcome ?? null;
  return {
    payment_id: payment.id,
    brand_id: payment.brand,
    created_at: timestamp(payment.createdAt),
    currency: payment.currency,
    customer: toCustomerDetails(customerOf(payment)),
    metadata: payment.metadata,
    total_amount: totalOf(payment),
    status: payment.status,
    refund_status: refundStatus({ captured: paidOf(payment)?.captured.amount ?? 0, refunds: payment.refunds }),
    payment_provider: payment.paymentProvider,
    payment_method: outcome?.method ?? (outcome?.card ? 'card' : null),
    payment_method_type: null,
    card_last_four: outcome?.card?.last4 ?? null,
    card_network: outcome?.card?.network ?? null,
    digital_products_delivered: payment.hasDigitalDelivery,
    invoice_id: payment.invoice?.id ?? null,
    invoice_url: null,
    subscription_id: null,
    is_multi_subscription: false,
    subscription_ids: [],
  };
}

/** The total that was asked for; before a quote is frozen, 0. */
function totalOf({ attempt, state }: Payment): number {
  const asked = 'asked' in state.value ? state.value.asked.amount : 0;
  return attempt?.frozen?.quote.total ?? asked;
}
