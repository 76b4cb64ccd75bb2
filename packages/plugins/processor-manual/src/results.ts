import { toDecimal } from '@payonce/plugin-sdk';
import type { Captured, Money, PaymentInstruction, PaymentResult, RefundResult } from '@payonce/plugin-sdk';
import type { Account } from './options.js';
import { receivedOf } from './order.js';
import type { Order, OrderRefund } from './order.js';

/** Where a payment stands, in the words of the contract. */
export function resultOf(order: Order, account: Account | undefined): PaymentResult {
  const { number: processorRef, settled, closed } = order;
  if (settled) return capturedBy(order);
  if (closed?.status === 'cancelled') return { status: 'cancelled', processorRef };
  if (closed?.status === 'failed')
    return {
      status: 'failed',
      processorRef,
      declineCode: 'TRANSACTION_NOT_APPROVED',
      message: 'the seller closed the payment: no transfer came',
    };
  return { status: 'processing', processorRef, instructions: instructionsFor(order, account) };
}

/** What came in all. */
export const capturedBy = (order: Order): Captured => ({
  status: 'succeeded',
  processorRef: order.number,
  captured: receivedOf(order),
  method: 'bank_transfer',
});

/** What the buyer needs to make the transfer. */
function instructionsFor(order: Order, account: Account | undefined): readonly PaymentInstruction[] {
  const received = receivedOf(order);
  const left = { ...order.amount, amount: Math.max(order.amount.amount - received.amount, 0) };
  const inPart = received.amount > 0 && received.currency === order.amount.currency;
  return [
    ...(account?.details ?? []),
    ...(inPart ? [{ label: 'Received so far', value: moneyText(received) }] : []),
    { label: inPart ? 'Still to pay' : 'Amount', value: moneyText(inPart ? left : order.amount) },
    { label: 'Payment reference', value: order.number },
    { label: 'Pay by', value: order.dueAt.slice(0, 10) },
  ];
}

const moneyText = (money: Money): string => `${toDecimal(money)} ${money.currency}`;

/** Where a refund stands. */
export function refundResultOf({ status, number, amount }: OrderRefund): RefundResult {
  switch (status) {
    case 'succeeded':
      return { status, processorRef: number, refunded: amount };
    case 'pending':
      return { status, processorRef: number };
    case 'failed':
      return { status, processorRef: number, code: 'transfer_failed', message: 'the transfer back could not be made' };
  }
}
