import { isCurrency } from '@payonce/plugin-sdk';
import type { Currency, PaymentResult, RefundResult } from '@payonce/plugin-sdk';
import { z } from 'zod';

const text = z.string().min(1).max(255);
const minor = z.int().min(0);
const currency = z.custom<Currency>((value) => typeof value === 'string' && isCurrency(value));

/** What is read of a payment; what Acme tells beyond that is ignored. */
export const payment = z.object({
  id: text,
  reference: text,
  status: z.enum(['open', 'paid', 'declined', 'cancelled']),
  currency,
  captured: minor,
  pay_url: z.url({ protocol: /^https?$/ }),
});

/** What is read of a refund. */
export const refund = z.object({ id: text, reference: text, amount: minor, currency });

export const paymentList = z.object({ items: z.array(payment) });
export const refundList = z.object({ items: z.array(refund) });

export type AcmePayment = z.output<typeof payment>;
export type AcmeRefund = z.output<typeof refund>;

/** A payment in the words of the contract. Acme counts in the same minor units: where yours does not, convert exactly or refuse. */
export function toPaymentResult({
  id: processorRef,
  status,
  captured,
  currency: code,
  pay_url: url,
}: AcmePayment): PaymentResult {
  switch (status) {
    case 'open':
      return { status: 'requires_action', processorRef, action: { type: 'redirect', url } };
    case 'paid':
      return { status: 'succeeded', processorRef, captured: { amount: captured, currency: code } };
    case 'declined':
      return { status: 'failed', processorRef, declineCode: 'CARD_DECLINED', message: 'the card was declined' };
    case 'cancelled':
      return { status: 'cancelled', processorRef };
  }
}

/** A refund in the words of the contract. */
export const toRefundResult = ({ id: processorRef, amount, currency: code }: AcmeRefund): RefundResult => ({
  status: 'succeeded',
  processorRef,
  refunded: { amount, currency: code },
});
