import type { Collection, Db } from 'mongodb';
import { nextSettlement } from '../domain/payment.js';
import type { Payment } from '../domain/payment.js';

/** What a transition still owes to the ledger and the webhook endpoints. Written with the payment, so that a crash loses nothing. */
export type OutboxItem =
  | { readonly kind: 'ledger'; readonly id: string; readonly entry: LedgerItem }
  | {
      readonly kind: 'event';
      readonly id: string;
      readonly references: readonly string[];
      readonly body: string;
      readonly dueAt: Date;
    };

/** Money that moved. */
export interface LedgerItem {
  readonly kind: 'charge' | 'refund';
  readonly payment: string;
  readonly refund?: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly at: Date;
}

/** A payment as it is written: with what the transition owes. */
export interface Written {
  readonly payment: Payment;
  readonly outbox: readonly OutboxItem[];
}

export interface PaymentDocument extends Omit<Payment, 'id'> {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly revision: number;
  readonly outbox: readonly OutboxItem[];
  /** Present while the outbox is not empty: it keeps the index small. */
  readonly indebted?: true;
  readonly wakeAt?: Date;
}

export const paymentCollection = (db: Db): Collection<PaymentDocument> => db.collection<PaymentDocument>('payments');

export async function paymentIndexes(db: Db): Promise<void> {
  await paymentCollection(db).createIndexes([
    { key: { reference: 1, createdAt: -1 } },
    { key: { clientSecret: 1 }, unique: true },
    { key: { 'refunds.id': 1 } },
    { key: { 'refunds.reference': 1 } },
    { key: { indebted: 1 }, sparse: true },
    { key: { wakeAt: 1 }, sparse: true },
  ]);
}

export const toPayment = ({
  _id,
  schemaVersion: _v,
  revision: _r,
  outbox: _o,
  indebted: _i,
  wakeAt: _w,
  ...fields
}: PaymentDocument): Payment => ({
  id: _id,
  ...fields,
});

export function toDocument({ payment, outbox }: Written): PaymentDocument {
  const { id, ...fields } = payment;
  const wakeAt = nextSettlement(payment);
  return {
    _id: id,
    schemaVersion: 1,
    ...fields,
    revision: 1,
    outbox,
    ...(outbox.length > 0 && { indebted: true }),
    ...(wakeAt && { wakeAt }),
  };
}
