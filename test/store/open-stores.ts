import type { Db } from 'mongodb';
import { createEncryption } from '../../packages/engine/src/adapters/encryption.js';
import { connectMongo } from '../../packages/engine/src/store/connect.js';
import type { CorruptDocumentError } from '../../packages/engine/src/store/errors.js';
import { ensureIndexes } from '../../packages/engine/src/store/indexes.js';
import { createStores } from '../../packages/engine/src/store/stores.js';
import type { Stores } from '../../packages/engine/src/ports/stores.js';
import { testDatabase } from '../setup/mongodb.js';

/** The stores over a database of their own. */
export interface OpenStores {
  readonly stores: Stores;
  readonly db: Db;
  /** What sweeps passed over, in order. */
  readonly corrupt: CorruptDocumentError[];
  /** Drops the database. Call it in `afterAll`. */
  close(): Promise<void>;
}

/** Opens all stores with their indexes, through the same connection options that the processes use. */
export async function openStores(label: string): Promise<OpenStores> {
  const { uri, name, close: drop } = await testDatabase(label);
  const { db, close } = await connectMongo({ uri, database: name });
  await ensureIndexes({ db });
  const corrupt: CorruptDocumentError[] = [];
  const encryption = createEncryption({ key: '0123456789abcdef'.repeat(4) });
  const stores = createStores({ db, encryption, onCorrupt: (error) => void corrupt.push(error) });
  return {
    stores,
    db,
    corrupt,
    async close() {
      await close();
      await drop();
    },
  };
}

/** Runs the same thing many times at once and answers what each gave. */
export const together = <Result>(times: number, run: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => run(index)));
