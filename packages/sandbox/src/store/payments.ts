import type { Collection, Db, Filter } from 'mongodb';
import { nextSettlement } from '../domain/payment.js';
import type { Payment } from '../domain/payment.js';
import { isDuplicate } from './duplicate.js';

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

/** A payment with debts to the outside, at one revision. */
export interface Indebted {
  readonly id: string;
  readonly revision: number;
  readonly outbox: readonly OutboxItem[];
}

export interface PaymentStore {
  /** Inserts; answers false when the id is there already. */
  insert(written: Written): Promise<boolean>;
  find(id: string): Promise<Payment | undefined>;
  findBySecret(clientSecret: string): Promise<Payment | undefined>;
  findByRefund(refund: string): Promise<Payment | undefined>;
  /** Newest first, at most 100. */
  listByReference(reference: string): Promise<readonly Payment[]>;
  /** The payments that have a refund with this reference, newest first, at most 100. */
  listByRefundReference(reference: string): Promise<readonly Payment[]>;
  /** Applies a decision to the payment as it is now; two callers never decide on the same state. Undefined leaves it alone. */
  change(id: string, decide: (payment: Payment) => Written | undefined): Promise<Payment | undefined>;
  /** The payments that owe something; of one reference, or all. */
  indebted(filter: { id?: string; reference?: string }): Promise<readonly Indebted[]>;
  /** Forgets what was owed at this revision; answers false when the payment has moved on meanwhile. */
  settleDebts(indebted: Indebted): Promise<boolean>;
  /** When each payment that settles by itself does so. */
  waiting(): Promise<readonly { readonly id: string; readonly at: Date }[]>;
}

interface PaymentDocument extends Omit<Payment, 'id'> {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly revision: number;
  readonly outbox: readonly OutboxItem[];
  /** Present while the outbox is not empty: it keeps the index small. */
  readonly indebted?: true;
  readonly wakeAt?: Date;
}

const collection = (db: Db): Collection<PaymentDocument> => db.collection<PaymentDocument>('payments');

export async function paymentIndexes(db: Db): Promise<void> {
  await collection(db).createIndexes([
    { key: { reference: 1, createdAt: -1 } },
    { key: { clientSecret: 1 }, unique: true },
    { key: { 'refunds.id': 1 } },
    { key: { 'refunds.reference': 1 } },
    { key: { indebted: 1 }, sparse: true },
    { key: { wakeAt: 1 }, sparse: true },
  ]);
}

const toPayment = ({
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

function toDocument({ payment, outbox }: Written): PaymentDocument {
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

/** Losing a race means that somebody else moved on: this many losses in a row do not happen by chance. */
const MOST_RACES = 200;

export function createPaymentStore(db: Db): PaymentStore {
  const payments = collection(db);

  const one = async (filter: Filter<PaymentDocument>): Promise<Payment | undefined> => {
    const document = await payments.findOne(filter);
    return document === null ? undefined : toPayment(document);
  };
  const newest = async (filter: Filter<PaymentDocument>): Promise<readonly Payment[]> => {
    const documents = await payments.find(filter).sort({ createdAt: -1, _id: -1 }).limit(100).toArray();
    return documents.map(toPayment);
  };

  const replaceState = async (revision: number, { payment, outbox }: Written): Promise<boolean> => {
    const wakeAt = nextSettlement(payment);
    const { modifiedCount } = await payments.updateOne(
      { _id: payment.id, revision },
      {
        $set: {
          state: payment.state,
          refunds: payment.refunds,
          updatedAt: payment.updatedAt,
          ...(outbox.length > 0 && { indebted: true as const }),
          ...(wakeAt && { wakeAt }),
        },
        ...(outbox.length > 0 && { $push: { outbox: { $each: [...outbox] } } }),
        ...(wakeAt === undefined && { $unset: { wakeAt: '' } }),
        $inc: { revision: 1 },
      },
    );
    return modifiedCount === 1;
  };

  return {
    async insert(written) {
      try {
        await payments.insertOne(toDocument(written));
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    find: (id) => one({ _id: id }),
    findBySecret: (clientSecret) => one({ clientSecret }),
    findByRefund: (refund) => one({ 'refunds.id': refund }),
    listByReference: (reference) => newest({ reference }),
    listByRefundReference: (reference) => newest({ 'refunds.reference': reference }),
    async change(id, decide) {
      for (let races = 0; races < MOST_RACES; races += 1) {
        const document = await payments.findOne({ _id: id });
        if (document === null) return undefined;
        const written = decide(toPayment(document));
        if (written === undefined) return toPayment(document);
        if (await replaceState(document.revision, written)) return written.payment;
      }
      throw new Error(`payment ${id} is changed by too many callers at once`);
    },
    async indebted({ id, reference }) {
      const filter = {
        ...(id !== undefined && { _id: id }),
        ...(reference !== undefined && { reference }),
        indebted: true as const,
      };
      const documents = await payments.find(filter).project<PaymentDocument>({ revision: 1, outbox: 1 }).toArray();
      return documents.map(({ _id, revision, outbox }) => ({ id: _id, revision, outbox }));
    },
    async settleDebts({ id, revision }) {
      const settled = await payments.updateOne(
        { _id: id, revision },
        { $set: { outbox: [] }, $unset: { indebted: '' } },
      );
      return settled.matchedCount === 1;
    },
    async waiting() {
      const documents = await payments
        .find({ wakeAt: { $exists: true } })
        .project<{ _id: string; wakeAt: Date }>({ wakeAt: 1 })
        .toArray();
      return documents.map(({ _id, wakeAt }) => ({ id: _id, at: wakeAt }));
    },
  };
}
