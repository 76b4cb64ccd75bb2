import { RetryableError } from '@payonce/plugin-sdk';
import type { CardSummary, PaymentResult, RefundResult } from '@payonce/plugin-sdk';
import type { PaymentAnswer, RefundAnswer } from './answers.js';

/** A payment of the sandbox in the words of the contract. The sandbox counts money as the contract does, in ISO 4217 minor units. */
export function toPaymentResult(payment: PaymentAnswer): PaymentResult {
  const processorRef = payment.id;
  const card = payment.card && { card: toCard(payment.card) };
  switch (payment.status) {
    case 'succeeded': {
      const captured = { amount: payment.amount_captured, currency: payment.currency };
      return { status: 'succeeded', processorRef, captured, method: 'card', ...card };
    }
    case 'requires_action':
      if (payment.action === undefined) throw withoutAction();
      return { status: 'requires_action', processorRef, action: payment.action };
    case 'failed': {
      const declineCode = payment.decline_code ?? 'GENERIC_DECLINE';
      return { status: 'failed', processorRef, declineCode, message: `the card was refused: ${declineCode}`, ...card };
    }
    case 'processing':
    case 'cancelled':
      return { status: payment.status, processorRef };
  }
}

/** A refund of the sandbox in the words of the contract. */
export function toRefundResult(refund: RefundAnswer): RefundResult {
  const processorRef = refund.id;
  switch (refund.status) {
    case 'succeeded':
      return { status: 'succeeded', processorRef, refunded: { amount: refund.amount, currency: refund.currency } };
    case 'pending':
      return { status: 'pending', processorRef };
    case 'failed':
      return {
        status: 'failed',
        processorRef,
        code: refund.failure_code ?? 'REFUND_FAILED',
        message: 'the refund failed at the sandbox',
      };
  }
}

const toCard = ({
  last4,
  network,
  type,
  issuing_country: issuingCountry,
}: NonNullable<PaymentAnswer['card']>): CardSummary => ({
  last4,
  network: network.toUpperCase(),
  type: type === 'credit' ? 'CREDIT' : 'DEBIT',
  issuingCountry,
});

const withoutAction = (): RetryableError =>
  new RetryableError({
    code: 'processor_answer_invalid',
    message: 'the sandbox wants the buyer to act, but does not say where',
  });
