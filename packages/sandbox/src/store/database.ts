import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { deliveryIndexes } from './deliveries.js';
import { endpointIndexes } from './endpoints.js';
import { idempotencyIndexes } from './idempotency-keys.js';
import { ledgerIndexes } from './ledger.js';
import { paymentIndexes } from './payment-document.js';

export interface Database {
  readonly db: Db;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Connects and makes the indexes. Rejects within 5 s when no server answers. */
export async function openDatabase({ uri, name }: { uri: string; name: string }): Promise<Database> {
  const client = new MongoClient(uri, {
    serverSelectionTimeoutMS: 5_000,
    ignoreUndefined: true,
    appName: 'payonce-sandbox',
  });
  const db = client.db(name);
  try {
    await client.connect();
    await Promise.all([
      paymentIndexes(db),
      deliveryIndexes(db),
      endpointIndexes(db),
      idempotencyIndexes(db),
      ledgerIndexes(db),
    ]);
  } catch (error) {
    await client.close();
    throw error;
  }
  return {
    db,
    ping: async () => void (await db.command({ ping: 1 })),
    close: () => client.close(),
  };
}
