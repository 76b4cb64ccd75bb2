import type { Collection, Db } from 'mongodb';
import { isDuplicate } from './duplicate.js';
import type { LedgerItem } from './payment-document.js';

/** One movement of money. Its id derives from the payment or refund, so writing it twice leaves one. */
export interface LedgerEntry extends LedgerItem {
  readonly id: string;
}

/** Append-only: entries are never changed or removed. */
export interface LedgerStore {
  append(entry: LedgerEntry): Promise<void>;
  /** Oldest first, at most 10,000; of one reference, or all. */
  list(filter: { reference?: string }): Promise<readonly LedgerEntry[]>;
}

type LedgerDocument = LedgerItem & { readonly _id: string; readonly schemaVersion: 1 };

const collection = (db: Db): Collection<LedgerDocument> => db.collection<LedgerDocument>('ledger');

export async function ledgerIndexes(db: Db): Promise<void> {
  await collection(db).createIndexes([{ key: { reference: 1, at: 1 } }, { key: { at: 1 } }]);
}

export function createLedgerStore(db: Db): LedgerStore {
  const entries = collection(db);
  return {
    async append({ id, ...entry }) {
      try {
        await entries.insertOne({ _id: id, schemaVersion: 1, ...entry });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
    async list({ reference }) {
      const filter = reference === undefined ? {} : { reference };
      const documents = await entries.find(filter).sort({ at: 1, _id: 1 }).limit(10_000).toArray();
      return documents.map(({ _id, schemaVersion: _v, ...entry }) => ({ id: _id, ...entry }));
    },
  };
}
