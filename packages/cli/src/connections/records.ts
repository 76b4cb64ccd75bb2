import { createEncryption, createSecrets } from '@payonce/engine/adapters';
import type { Secrets, Stores } from '@payonce/engine/ports';
import { connectMongo, createStores } from '@payonce/engine/store';
import type { MongoConnection } from '@payonce/engine/store';
import type { CliConfig } from '../config.js';
import { Explained, wordsOf } from '../explained.js';

/** The records, opened. */
export interface Records {
  readonly mongo: MongoConnection;
  readonly stores: Stores;
  readonly secrets: Secrets;
}

/** Opens MongoDB. Documents that cannot be read are told to `onCorrupt` and passed over where lists are swept. */
export async function openRecords(
  config: Pick<CliConfig, 'MONGODB_URI' | 'MONGODB_DATABASE' | 'PAYONCE_SECRET'>,
): Promise<Records> {
  const { MONGODB_URI: uri, MONGODB_DATABASE: database, PAYONCE_SECRET: key } = config;
  const mongo = await connectMongo({ uri, database }).catch((cause: unknown) => {
    throw new Explained(`MongoDB does not answer at ${withoutPassword(uri)} (${firstLine(wordsOf(cause))})`, { cause });
  });
  const onCorrupt = (error: Error): void => console.error(`passed over: ${error.message}`);
  const stores = createStores({ db: mongo.db, encryption: createEncryption({ key }), onCorrupt });
  return { mongo, stores, secrets: createSecrets({ key }) };
}

/** A connection string that may be shown. */
const withoutPassword = (uri: string): string => uri.replace(/\/\/[^@/]*@/, '//');

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
