import type { Collection, Db } from 'mongodb';
import { isDuplicate } from './duplicate.js';

/** One event on its way to one endpoint. Every attempt sends the same bytes. */
export interface Delivery {
  readonly id: string;
  readonly endpoint: string;
  readonly event: string;
  /** The references of the payment and refund it is about: fault rules are matched with them. */
  readonly references: readonly string[];
  readonly body: string;
  readonly attempts: number;
  /** When the next attempt is due; undefined when delivered or given up. */
  readonly dueAt?: Date;
}

/** How an attempt went. */
export type AttemptResult =
  | { readonly kind: 'delivered'; readonly at: Date }
  | { readonly kind: 'failed'; readonly error: string; readonly retryAt: Date }
  | { readonly kind: 'given_up'; readonly error: string };

export interface DeliveryStore {
  /** Inserts; the same event and endpoint again changes nothing. Answers whether it is new. */
  insert(delivery: Delivery): Promise<boolean>;
  find(id: string): Promise<Delivery | undefined>;
  record(id: string, result: AttemptResult): Promise<void>;
  /** What is not delivered yet. */
  pending(): Promise<readonly { readonly id: string; readonly dueAt: Date }[]>;
}

type DeliveryDocument = Omit<Delivery, 'id'> & {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly outcome: 'pending' | AttemptResult['kind'];
  readonly deliveredAt?: Date;
  readonly lastError?: string;
};

const collection = (db: Db): Collection<DeliveryDocument> => db.collection<DeliveryDocument>('deliveries');

export async function deliveryIndexes(db: Db): Promise<void> {
  await collection(db).createIndex({ dueAt: 1 }, { sparse: true });
}

export function createDeliveryStore(db: Db): DeliveryStore {
  const deliveries = collection(db);
  return {
    async insert({ id, ...delivery }) {
      try {
        await deliveries.insertOne({ _id: id, schemaVersion: 1, outcome: 'pending', ...delivery });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async find(id) {
      const document = await deliveries.findOne({ _id: id });
      if (document === null) return undefined;
      const { _id, endpoint, event, references, body, attempts, dueAt } = document;
      return { id: _id, endpoint, event, references, body, attempts, ...(dueAt && { dueAt }) };
    },
    async record(id, result) {
      const next = result.kind === 'failed' ? { dueAt: result.retryAt } : {};
      const error = result.kind === 'delivered' ? { deliveredAt: result.at } : { lastError: result.error };
      await deliveries.updateOne(
        { _id: id },
        {
          $set: { outcome: result.kind, ...next, ...error },
          $inc: { attempts: 1 },
          ...(result.kind !== 'failed' && { $unset: { dueAt: '' } }),
        },
      );
    },
    async pending() {
      const rows = await deliveries
        .find({ dueAt: { $exists: true } })
        .project<{ _id: string; dueAt: Date }>({ dueAt: 1 })
        .toArray();
      return rows.map(({ _id, dueAt }) => ({ id: _id, dueAt }));
    },
  };
}
