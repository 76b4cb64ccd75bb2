import type { Currency } from '@payonce/plugin-sdk';
import { sum } from '../arithmetic.js';
import type { Payment } from '../payment.js';
import { paidOf } from '../refund-reservation.js';
import { refundableOf } from '../refund-standing.js';
import type { CartLine } from '../session.js';

/** The lines of a payment, one per product: `items_id` is the `item_id` that a refund asks by. */
export interface WireLineItems {
  readonly currency: Currency;
  readonly items: WireLineItem[];
}

/** One product of a payment, over all cart lines that have it. */
export interface WireLineItem {
  readonly items_id: string;
  readonly name: string | null;
  readonly description: string | null;
  /** After discounts, without tax. */
  readonly amount: number;
  readonly tax: number;
  /** With tax. */
  readonly refundable_amount: number;
}

/** GET /payments/{id}/line-items, of the quote that was frozen for the shown attempt; no items before there is one. Names come from the session's cart. */
export function toLineItems({
  payment,
  cart,
}: {
  readonly payment: Payment;
  readonly cart: readonly CartLine[];
}): WireLineItems {
  const lines = payment.attempt?.frozen?.quote.lines ?? [];
  const products = [...new Set(lines.map(({ product }) => product))];
  const paid = paidOf(payment);
  const refundable = (line: string): number => (paid ? refundableOf({ paid, refunds: payment.refunds, line }) : 0);
  const items = products.map((product) => {
    const own = lines.filter((line) => line.product === product);
    const described = cart.find((line) => line.product === product);
    return {
      items_id: product,
      name: described?.name ?? null,
      description: described?.description ?? null,
      amount: sum(own.map(({ net }) => net)),
      tax: sum(own.map(({ tax }) => tax)),
      refundable_amount: sum(own.map(({ line }) => refundable(line))),
    };
  });
  return { currency: payment.currency, items };
}
