import type { Collection, Db, Filter } from 'mongodb';
import { nextSettlement } from '../domain/payment.js';
import type { Payment } from '../domain/payment.js';
import { isDuplicate } from './duplicate.js';
import { paymentCollection, toDocument, toPayment } from './payment-document.js';
import type { OutboxItem, PaymentDocument, Written } from './payment-document.js';

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

/** Losing a race means that somebody else moved on: this many losses in a row do not happen by chance. */
const MOST_RACES = 200;

export function createPaymentStore(db: Db): PaymentStore {
  const payments = paymentCollection(db);
  return {
    ...reads(payments),
    ...debts(payments),
    async insert(written) {
      try {
        await payments.insertOne(toDocument(written));
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async change(id, decide) {
      for (let races = 0; races < MOST_RACES; races += 1) {
        const document = await payments.findOne({ _id: id });
        if (document === null) return undefined;
        const written = decide(toPayment(document));
        if (written === undefined) return toPayment(document);
        if (await writeOver({ payments, revision: document.revision, written })) return written.payment;
      }
      throw new Error(`payment ${id} is changed by too many callers at once`);
    },
  };
}

type Payments = Collection<PaymentDocument>;
type Reads = 'find' | 'findBySecret' | 'findByRefund' | 'listByReference' | 'listByRefundReference' | 'waiting';

function reads(payments: Payments): Pick<PaymentStore, Reads> {
  const one = async (filter: Filter<PaymentDocument>): Promise<Payment | undefined> => {
    const document = await payments.findOne(filter);
    return document === null ? undefined : toPayment(document);
  };
  const newest = async (filter: Filter<PaymentDocument>): Promise<readonly Payment[]> => {
    const documents = await payments.find(filter).sort({ createdAt: -1, _id: -1 }).limit(100).toArray();
    return documents.map(toPayment);
  };
  return {
    find: (id) => one({ _id: id }),
    findBySecret: (clientSecret) => one({ clientSecret }),
    findByRefund: (refund) => one({ 'refunds.id': refund }),
    listByReference: (reference) => newest({ reference }),
    listByRefundReference: (reference) => newest({ 'refunds.reference': reference }),
    async waiting() {
      const found = payments.find({ wakeAt: { $exists: true } }).project<{ _id: string; wakeAt: Date }>({ wakeAt: 1 });
      return (await found.toArray()).map(({ _id, wakeAt }) => ({ id: _id, at: wakeAt }));
    },
  };
}

function debts(payments: Payments): Pick<PaymentStore, 'indebted' | 'settleDebts'> {
  return {
    async indebted({ id, reference }) {
      const which = { ...(id !== undefined && { _id: id }), ...(reference !== undefined && { reference }) };
      const found = payments.find({ ...which, indebted: true }).project<PaymentDocument>({ revision: 1, outbox: 1 });
      return (await found.toArray()).map(({ _id, revision, outbox }) => ({ id: _id, revision, outbox }));
    },
    async settleDebts({ id, revision }) {
      const update = { $set: { outbox: [] }, $unset: { indebted: '' } } as const;
      return (await payments.updateOne({ _id: id, revision }, update)).matchedCount === 1;
    },
  };
}

interface Writing {
  readonly payments: Payments;
  readonly revision: number;
  readonly written: Written;
}

/** Writes the new state if the payment is still at this revision. Only what a transition may change is set. */
async function writeOver({ payments, revision, written }: Writing): Promise<boolean> {
  const { payment, outbox } = written;
  const { id, state, refunds, updatedAt } = payment;
  const wakeAt = nextSettlement(payment);
  const owes = outbox.length > 0;
  const { modifiedCount } = await payments.updateOne(
    { _id: id, revision },
    {
      $set: { state, refunds, updatedAt, ...(owes && { indebted: true as const }), ...(wakeAt && { wakeAt }) },
      ...(owes && { $push: { outbox: { $each: [...outbox] } } }),
      ...(wakeAt === undefined && { $unset: { wakeAt: '' } }),
      $inc: { revision: 1 },
    },
  );
  return modifiedCount === 1;
}
