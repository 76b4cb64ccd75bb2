import type { Currency } from '@payonce/plugin-sdk';
import { isCountry } from '../country-codes.js';
import type { CountryCode } from '../country-codes.js';
import type { SessionId } from '../ids.js';
import type { Payment } from '../payment.js';
import { paidOf } from '../refund-reservation.js';
import { attemptOf, toBilling } from './customer.js';
import type { WireBilling } from './customer.js';
import { toPaymentSummary } from './payment-list-item.js';
import type { WirePaymentSummary } from './payment-list-item.js';
import { toRefundListItem } from './refund.js';
import type { WireRefundListItem } from './refund.js';
import { timestamp } from './timestamp.js';

/** A payment of its own: GET /payments/{id} and payment.* events. */
export interface WirePayment extends WirePaymentSummary {
  readonly business_id: string;
  readonly billing: WireBilling;
  readonly checkout_session_id: string;
  readonly payment_link: string;
  readonly updated_at: string;
  readonly product_cart: { readonly product_id: string; readonly quantity: number }[];
  /** null until a quote is frozen. */
  readonly tax: number | null;
  /** What the processor captured; the total until then. */
  readonly settlement_amount: number;
  readonly settlement_currency: Currency;
  readonly settlement_tax: number | null;
  readonly refunds: WireRefundListItem[];
  readonly disputes: never[];
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly card_holder_name: string | null;
  readonly card_issuing_country: CountryCode | null;
  readonly card_type: string | null;
  readonly payment_method_id: null;
  readonly discounts: null;
  readonly discount_id: null;
  readonly custom_field_responses: null;
  readonly is_update_payment_method: false;
  readonly retry_attempt: 0;
}

/** Addresses that bodies show. */
export interface WireUrls {
  /** The hosted page of a session. */
  readonly checkout: (session: SessionId) => string;
  /** A product's image, by its key in the file store. */
  readonly image: (key: string) => string;
}

/** A payment in full. Throws NOT_FOUND for one that was not attempted yet. */
export function toPayment({
  payment,
  urls,
}: {
  readonly payment: Payment;
  readonly urls: Pick<WireUrls, 'checkout'>;
}): WirePayment {
  return {
    ...toPaymentSummary(payment),
    business_id: payment.business,
    billing: toBilling(attemptOf(payment).request.billing),
    checkout_session_id: payment.session,
    payment_link: urls.checkout(payment.session),
    updated_at: timestamp(payment.updatedAt),
    product_cart: payment.products.map(({ product, quantity }) => ({ product_id: product, quantity })),
    ...money(payment),
    refunds: payment.refunds.map((refund) => toRefundListItem({ payment, refund })),
    disputes: [],
    ...failure(payment),
    ...cardDetails(payment),
    payment_method_id: null,
    discounts: null,
    discount_id: null,
    custom_field_responses: null,
    is_update_payment_method: false,
    retry_attempt: 0,
  };
}

type Money = Pick<WirePayment, 'tax' | 'settlement_amount' | 'settlement_currency' | 'settlement_tax'>;

function money(payment: Payment): Money {
  const quote = payment.attempt?.frozen?.quote ?? null;
  const captured = paidOf(payment)?.captured ?? { amount: quote?.total ?? 0, currency: payment.currency };
  return {
    tax: quote?.tax ?? null,
    settlement_amount: captured.amount,
    settlement_currency: captured.currency,
    settlement_tax: quote && captured.currency === quote.currency ? quote.tax : null,
  };
}

function failure({ state, attempt }: Payment): Pick<WirePayment, 'error_code' | 'error_message'> {
  const known = attempt?.outcome?.error ?? null;
  const failed = state.value.kind === 'awaiting_payment' ? state.value.failed : null;
  return { error_code: known?.code ?? failed?.code ?? null, error_message: known?.message ?? null };
}

function cardDetails({
  attempt,
}: Payment): Pick<WirePayment, 'card_holder_name' | 'card_issuing_country' | 'card_type'> {
  const card = attempt?.outcome?.card ?? null;
  const country = card?.issuingCountry ?? '';
  return {
    card_holder_name: card?.holderName ?? null,
    card_issuing_country: isCountry(country) ? country : null,
    card_type: card?.type ?? null,
  };
}
