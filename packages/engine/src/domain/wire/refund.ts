import type { Currency } from '@payonce/plugin-sdk';
import type { Metadata } from '../metadata.js';
import type { Payment } from '../payment.js';
import { paidOf } from '../refund-reservation.js';
import type { Refund, RefundStatus } from '../refund.js';
import { customerOf, toCustomerDetails } from './customer.js';
import type { WireCustomerDetails } from './customer.js';
import { timestamp } from './timestamp.js';

/** A refund inside its payment, and in lists. */
export interface WireRefundListItem {
  readonly refund_id: string;
  readonly payment_id: string;
  readonly business_id: string;
  readonly status: RefundStatus;
  readonly amount: number;
  readonly currency: Currency;
  readonly is_partial: boolean;
  readonly reason: string | null;
  readonly created_at: string;
}

/** A refund of its own. */
export interface WireRefund extends WireRefundListItem {
  readonly brand_id: string;
  readonly customer: WireCustomerDetails;
  readonly metadata: Metadata;
}

/** A refund with the payment whose document holds it. */
export interface RefundOfPayment {
  readonly payment: Payment;
  readonly refund: Refund;
}

/** A refund as lists and its payment show it. */
export const toRefundListItem = ({ payment, refund }: RefundOfPayment): WireRefundListItem => ({
  refund_id: refund.id,
  payment_id: payment.id,
  business_id: payment.business,
  status: refund.status,
  amount: refund.amount,
  currency: paidOf(payment)?.captured.currency ?? payment.currency,
  is_partial: refund.isPartial,
  reason: refund.reason,
  created_at: timestamp(refund.createdAt),
});

/** A refund as GET /refunds/{id} and refund.* events show it. */
export const toRefund = ({ payment, refund }: RefundOfPayment): WireRefund => ({
  ...toRefundListItem({ payment, refund }),
  brand_id: payment.brand,
  customer: toCustomerDetails(customerOf(payment)),
  metadata: refund.metadata,
});
