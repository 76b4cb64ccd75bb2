import type { PaymentResult, RefundResult } from '../../processor-results.js';
import type { BookedPayment, Books } from './books.js';

export const find = ({ payments }: Books, reference: string): BookedPayment | undefined =>
  payments.find((payment) => payment.reference === reference);

/** A refund in the words of the contract. */
export const toRefund = ({ id, amount }: Books['refunds'][number]): RefundResult => ({
  status: 'succeeded',
  processorRef: id,
  refunded: amount,
});

/** A payment in the words of the contract. */
export function toResult({ id, amount, status }: BookedPayment): PaymentResult {
  const processorRef = id;
  switch (status) {
    case 'open':
      return {
        status: 'requires_action',
        processorRef,
        action: { type: 'redirect', url: `https://memory.example/${id}` },
      };
    case 'authorized':
      return { status, processorRef, authorized: amount };
    case 'succeeded':
      return { status, processorRef, captured: amount };
    case 'failed':
      return { status, processorRef, declineCode: 'CARD_DECLINED', message: 'the card was declined' };
    case 'cancelled':
      return { status, processorRef };
  }
}
