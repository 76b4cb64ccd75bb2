import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';

/** An open connection. */
export interface MongoConnection {
  readonly db: Db;
  /** Rejects when the server does not answer within a few seconds. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects. A write is acknowledged when a majority of the servers has it in its journal, so what was acknowledged survives a crash. A server that is slow or gone makes
 * calls reject within seconds instead of piling up; the driver reconnects by itself. Retried writes need no setting: the driver repeats them once where the server can tell
 * a repetition, which is any replica set, and not on a single server.
 *
 * @throws when no server answers within 5 seconds
 */
export async function connectMongo({
  uri,
  database,
}: {
  readonly uri: string;
  readonly database: string;
}): Promise<MongoConnection> {
  const client = new MongoClient(uri, {
    appName: 'payonce',
    serverSelectionTimeoutMS: 5_000,
    connectTimeoutMS: 5_000,
    socketTimeoutMS: 20_000,
    waitQueueTimeoutMS: 5_000,
    maxPoolSize: 50,
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
    readPreference: 'primary',
  });
  const db = client.db(database);
  const ping = async (): Promise<void> => {
    await db.command({ ping: 1 }, { timeoutMS: 3_000 });
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
