import { randomUUID } from 'node:crypto';
import type { Db } from 'mongodb';
import { MongoClient } from 'mongodb';

/** A MongoDB database that no other test knows. */
export interface TestDatabase {
  readonly uri: string;
  readonly name: string;
  readonly client: MongoClient;
  readonly database: Db;
  /** Drops the database and closes the client. Call it in `afterAll`. */
  close(): Promise<void>;
}

/** Where the MongoDB of this jest worker is: there may be one for each, or one for all. */
function testMongodbUri(): string {
  const uris = (process.env['PAYONCE_TEST_MONGODB_URI'] ?? '').split(' ');
  const uri = uris[(Number(process.env['JEST_WORKER_ID'] ?? 1) - 1) % uris.length];
  if (!uri) throw new Error('PAYONCE_TEST_MONGODB_URI is not set: run the tests with npm test');
  return uri;
}

/** Opens a fresh, empty database. `label` makes it recognizable while something hangs. */
export async function testDatabase(label: string): Promise<TestDatabase> {
  const uri = testMongodbUri();
  const name = `${label.replace(/[^a-z0-9]+/gi, '_').slice(0, 20)}_${randomUUID().slice(0, 8)}`;
  const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 10_000 }).connect();
  const database = client.db(name);
  const close = async (): Promise<void> => {
    await database.dropDatabase();
    await client.close();
  };
  return { uri, name, client, database, close };
}
