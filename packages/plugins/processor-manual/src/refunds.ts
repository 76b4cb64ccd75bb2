import type { RefundLookup, RefundPayment, RefundResult } from '@payonce/plugin-sdk';
import { receivedOf } from './order.js';
import type { Order, OrderRefund } from './order.js';
import type { Orders } from './orders.js';
import { refundResultOf } from './results.js';

/** Writes down that money is to go back; an operator makes the transfer and notes it. Repeat-safe by our reference, and never more in all than what came. */
export async function startRefund(orders: Orders, request: RefundPayment): Promise<RefundResult> {
  const { reference, payment } = request;
  const known = await orders.find(payment.reference);
  const problem = known === undefined ? 'there is no such payment' : problemOf(known, request);
  if (known === undefined || problem !== undefined) return refused(problem ?? '');
  const number = numberFor(known, reference);
  await orders.nameRefund({ reference, number, order: known.reference });
  const changed = await orders.change(known.reference, (order) =>
    problemOf(order, request) === undefined && refundOf(order, reference) === undefined
      ? { ...order, refunds: [...order.refunds, pending(request, number)] }
      : order,
  );
  const refund = changed && refundOf(changed, reference);
  return refund ? refundResultOf(refund) : refused('more was asked for than is left');
}

/** Where a refund stands, by our reference. */
export async function retrieveRefund(orders: Orders, reference: string): Promise<RefundLookup> {
  const order = await orders.findOfRefund(reference);
  const refund = order && refundOf(order, reference);
  return refund ? refundResultOf(refund) : { status: 'not_found' };
}

const refundOf = ({ refunds }: Order, reference: string): OrderRefund | undefined =>
  refunds.find((refund) => refund.reference === reference);

const refused = (message: string): RefundResult => ({ status: 'failed', code: 'not_refundable', message });

const pending = ({ reference, amount }: RefundPayment, number: string): OrderRefund => ({
  reference,
  number,
  amount,
  status: 'pending',
  done: null,
});

/** Why this refund cannot be; nothing for one that is written down already. */
function problemOf(order: Order, { reference, amount }: RefundPayment): string | undefined {
  if (refundOf(order, reference) !== undefined) return undefined;
  const received = receivedOf(order);
  const back = order.refunds.filter(({ status }) => status !== 'failed');
  const left = received.amount - back.reduce((sum, refund) => sum + refund.amount.amount, 0);
  if (!order.settled) return 'the payment is not paid';
  if (amount.currency !== received.currency) return 'the money came in another currency';
  return Number.isSafeInteger(amount.amount) && amount.amount > 0 && amount.amount <= left
    ? undefined
    : 'more was asked for than is left';
}

/** The payment's number and a part of the refund's reference: two refunds of one payment never share it. */
const numberFor = ({ number, refunds }: Order, reference: string): string =>
  refunds.find((refund) => refund.reference === reference)?.number ?? `${number}-${plainEnd(reference)}`;

const plainEnd = (reference: string): string =>
  reference
    .replaceAll(/[^0-9A-Za-z]/g, '')
    .slice(-8)
    .toUpperCase();
