import { isCurrency } from '@payonce/plugin-sdk';
import type { Currency, Money } from '@payonce/plugin-sdk';
import { z } from 'zod';

const currency = z.custom<Currency>((value) => typeof value === 'string' && isCurrency(value));
const money = z.strictObject({ amount: z.int().min(0), currency });

/** Who did something, and by which request: the same request again is the same deed. */
const deed = z.strictObject({ key: z.string(), actor: z.string(), evidence: z.string(), at: z.string() });

const refund = z.strictObject({
  /** ref_… */
  reference: z.string(),
  /** What the transfer back quotes. */
  number: z.string(),
  amount: money,
  status: z.enum(['pending', 'succeeded', 'failed']),
  done: deed.nullable(),
});

/** A payment that is awaited at the bank, as it is kept: one entry, so that what came and what went back can never disagree. */
export const order = z.strictObject({
  /** att_… */
  reference: z.string(),
  /** What the buyer quotes. */
  number: z.string(),
  amount: money,
  description: z.string(),
  country: z.string().nullable(),
  createdAt: z.string(),
  dueAt: z.string(),
  transfers: z.array(z.strictObject({ ...deed.shape, amount: money })),
  /** Whether what came is all that will. */
  settled: z.boolean(),
  closed: z.strictObject({ ...deed.shape, status: z.enum(['failed', 'cancelled']) }).nullable(),
  refunds: z.array(refund),
});

export type Order = z.infer<typeof order>;
export type OrderRefund = z.infer<typeof refund>;

/** What came so far; nothing in the currency of the order when nothing did. */
export const receivedOf = ({ transfers, amount }: Order): Money => ({
  amount: transfers.reduce((sum, transfer) => sum + transfer.amount.amount, 0),
  currency: transfers[0]?.amount.currency ?? amount.currency,
});

/** Whether money is still awaited. */
export const isOpen = ({ settled, closed }: Order): boolean => !settled && closed === null;

/** The order after its last day: closed when nothing came, settled with what did otherwise. The same object when there is nothing to change. */
export function lapsed(current: Order, now: Date): Order {
  if (!isOpen(current) || now < new Date(current.dueAt)) return current;
  if (current.transfers.length > 0) return { ...current, settled: true };
  const closed = { key: 'deadline', actor: 'deadline', evidence: 'nothing came in time', at: now.toISOString() };
  return { ...current, closed: { ...closed, status: 'cancelled' } };
}
