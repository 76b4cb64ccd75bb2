import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';

/** An open connection. */
export interface MongoConnection {
  readonly db: Db;
  /** Rejects when the server does not answer within 3 seconds. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Where to connect to. */
export interface MongoAddress {
  readonly uri: string;
  readonly database: string;
  /**
   * The longest wait for one answer, in milliseconds; 0 for any. Making an index of a large collection takes longer
   * than serving may.
   */
  readonly longestAnswerMs?: number;
}

/** The uri may ask for less, such as `journal=false` for a database that lives no longer than a test. */
const SAYS_WHEN_WRITTEN = /[?&](w|journal)=/i;

/**
 * Connects. Unless the uri says otherwise, a write is acknowledged when a majority of the servers has it in its
 * journal,
 * so what was acknowledged survives a crash. A server that is slow or gone makes calls reject within seconds instead of
 * piling up; the driver reconnects by itself. Retried writes need no setting: the driver repeats a write once where the
 * server can tell a repetition, which is any replica set, and never on a single server.
 *
 * @throws when no server answers within 5 seconds
 */
export async function connectMongo({
  uri,
  database,
  longestAnswerMs = 10_000,
}: MongoAddress): Promise<MongoConnection> {
  const client = new MongoClient(uri, {
    appName: 'payonce',
    serverSelectionTimeoutMS: 5_000,
    connectTimeoutMS: 5_000,
    socketTimeoutMS: longestAnswerMs,
    waitQueueTimeoutMS: 5_000,
    maxPoolSize: 50,
    ...(!SAYS_WHEN_WRITTEN.test(uri) && { writeConcern: { w: 'majority', journal: true, wtimeoutMS: 5_000 } }),
    readPreference: 'primary',
  });
  const db = client.db(database);
  const ping = async (): Promise<void> => {
    await db.command({ ping: 1 }, { signal: AbortSignal.timeout(3_000) });
  };
  try {
    await client.connect();
    await ping();
  } catch (error) {
    await client.close();
    throw error;
  }
  return { db, ping, close: () => client.close() };
}
