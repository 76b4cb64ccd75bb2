import { connectMongo } from '@payonce/engine/store';
import type { CliConfig } from '../config.js';

/** Removes what a stack kept, its sandbox's as well. A server that is gone has nothing left to remove. */
export async function dropDatabases({ MONGODB_URI: uri, MONGODB_DATABASE: database }: CliConfig): Promise<void> {
  for (const name of [database, `${database}_sandbox`]) {
    const mongo = await connectMongo({ uri, database: name }).catch(() => undefined);
    await mongo?.db.dropDatabase().catch(() => undefined);
    await mongo?.close();
  }
}
