import { MongoServerError } from 'mongodb';
import type { Db, IndexDescription, IndexDescriptionInfo } from 'mongodb';
import { ALL_INDEXES } from './all-indexes.js';
import type { CollectionIndexes, Index } from './collection-indexes.js';
import type { StoredDocument } from './codec/mapping.js';
import { SCHEMA_VERSION } from './codec/mapping.js';
import { isDuplicate } from './errors.js';

/** Which version of its indexes a collection has, and which of them are ours to remove later. */
interface Recorded {
  readonly version: number;
  readonly names: readonly string[];
}

/**
 * Makes every index that is missing, then drops those that an earlier version made and this one no longer has. May run
 * any number of times and in several processes at
 * once. An older program leaves the indexes of a newer one alone.
 */
export async function ensureIndexes({
  db,
  collections = ALL_INDEXES,
}: {
  db: Db;
  collections?: readonly CollectionIndexes[];
}): Promise<void> {
  await Promise.all(collections.map((wanted) => ensureOne(db, wanted)));
}

async function ensureOne(db: Db, { collection, version, indexes }: CollectionIndexes): Promise<void> {
  await db.collection(collection).createIndexes(indexes.map(describe));
  const recorded = await readRecorded(db, collection);
  if (recorded && recorded.version >= version) return;
  const names = indexes.map(({ name }) => name);
  for (const stale of recorded?.names.filter((name) => !names.includes(name)) ?? [])
    await dropIndex(db, collection, stale);
  await writeRecorded(db, collection, { version, names });
}

const describe = ({ name, key, unique, only, expireAfterSeconds }: Index): IndexDescription => ({
  name,
  key: { ...key },
  ...(unique && { unique }),
  ...(only && { partialFilterExpression: { ...only } }),
  ...(expireAfterSeconds !== undefined && { expireAfterSeconds }),
});

/** What is missing, as collection.index; empty when the database is ready to serve. */
export async function indexesReady({
  db,
  collections = ALL_INDEXES,
}: {
  db: Db;
  collections?: readonly CollectionIndexes[];
}): Promise<string[]> {
  const missing = await Promise.all(
    collections.map(async ({ collection, indexes }) => {
      const present = await listIndexes(db, collection);
      return indexes
        .filter((index) => !present.some((each) => isSame(each, index)))
        .map(({ name }) => `${collection}.${name}`);
    }),
  );
  return missing.flat();
}

const isSame = (present: IndexDescriptionInfo, { name, key, unique = false }: Index): boolean =>
  present.name === name && (present.unique ?? false) === unique && JSON.stringify(present.key) === JSON.stringify(key);

const NAMESPACE_NOT_FOUND = 26;
const INDEX_NOT_FOUND = 27;

const hasCode = (error: unknown, code: number): boolean => error instanceof MongoServerError && error.code === code;

async function listIndexes(db: Db, collection: string): Promise<IndexDescriptionInfo[]> {
  try {
    return await db.collection(collection).listIndexes().toArray();
  } catch (error) {
    if (hasCode(error, NAMESPACE_NOT_FOUND)) return [];
    throw error;
  }
}

async function dropIndex(db: Db, collection: string, name: string): Promise<void> {
  try {
    await db.collection(collection).dropIndex(name);
  } catch (error) {
    if (!hasCode(error, INDEX_NOT_FOUND)) throw error;
  }
}

const meta = (db: Db) => db.collection<StoredDocument>('meta');
const metaId = (collection: string): string => `indexes/${collection}`;

async function readRecorded(db: Db, collection: string): Promise<Recorded | undefined> {
  const found = await meta(db).findOne({ _id: metaId(collection) });
  if (found === null) return undefined;
  const { version, names } = found;
  return typeof version === 'number' && Array.isArray(names) ? { version, names: names.map(String) } : undefined;
}

/** Only over an older version: of two programs the newer one has the last word. */
async function writeRecorded(db: Db, collection: string, { version, names }: Recorded): Promise<void> {
  const _id = metaId(collection);
  const { matchedCount } = await meta(db).updateOne({ _id, version: { $lt: version } }, { $set: { version, names } });
  if (matchedCount === 1) return;
  try {
    await meta(db).insertOne({ _id, schemaVersion: SCHEMA_VERSION, version, names });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}
