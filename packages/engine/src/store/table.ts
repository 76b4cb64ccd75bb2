import type { Collection, Db, Sort, UpdateFilter } from 'mongodb';
import type { Encryption } from '../ports/encryption.js';
import type { Page } from '../ports/page.js';
import type { Mapping, StoredDocument } from './codec/mapping.js';
import { CorruptDocumentError, MissingDocumentError, isDuplicate } from './errors.js';
import type { DocumentFilter } from './filter.js';
import { where } from './filter.js';
import { NEWEST_FIRST, span } from './paging.js';

/** Told of each document that a sweep passed over because it cannot be read. */
export type CorruptionReport = (error: CorruptDocumentError) => void;

/** Where collections live, and whom their sweeps tell of what cannot be read. */
export interface TableDeps {
  readonly db: Db;
  readonly onCorrupt: CorruptionReport;
}

/** The same for collections with secrets in them. */
export interface SealedTableDeps extends TableDeps {
  readonly encryption: Encryption;
}

/** What a change may do. */
interface Update {
  readonly $set?: Readonly<Record<string, unknown>>;
  readonly $inc?: Readonly<Record<string, number>>;
  readonly $max?: Readonly<Record<string, number>>;
  readonly $push?: Readonly<Record<string, unknown>>;
  readonly $pull?: Readonly<Record<string, unknown>>;
}

interface Query {
  readonly filter: DocumentFilter;
  readonly sort: Sort;
  readonly skip?: number;
  readonly limit?: number;
}

/** A collection seen through its mapping. */
export interface Table<Value> {
  readonly documents: Collection<StoredDocument>;
  /** Adds a record; false when a unique index says that it, or one that excludes it, is there. */
  tryAdd(value: Value): Promise<boolean>;
  /** Adds a record; false when its id is there. Rejects when another record stands in its way. */
  add(value: Value): Promise<boolean>;
  /** Adds those whose id is not there. Rejects when another record stands in the way of one of them. */
  addAll(values: readonly Value[]): Promise<void>;
  one(filter: DocumentFilter): Promise<Value | undefined>;
  byId(id: string): Promise<Value | undefined>;
  /** @throws MissingDocumentError */
  existing(id: string): Promise<Value>;
  many(query: Query): Promise<readonly Value[]>;
  /**
   * Like `many`, but a document that cannot be read is reported and passed over, so that it does not hold up the
   * others.
   */
  readable(query: Query): Promise<readonly Value[]>;
  /** Newest first, ties by id. */
  newest(query: { readonly filter: DocumentFilter; readonly page: Page }): Promise<readonly Value[]>;
  /**
   * Sets a field that is still null: the first writer stays. Answers whether this was it; a document that is missing is
   * not passed over.
   */
  setOnce<Field extends keyof Value & string>(id: string, field: Field, value: Value[Field]): Promise<boolean>;
  /** Changes the one document that fits; answers whether it fitted and whether it is different now. */
  change(filter: DocumentFilter, update: Update): Promise<{ readonly fitted: boolean; readonly changed: boolean }>;
  /** Removes the one document that fits; false when none does. */
  remove(filter: DocumentFilter): Promise<boolean>;
}

/** Opens the collection of a mapping. */
export function openTable<Value>({
  db,
  onCorrupt,
  mapping,
}: TableDeps & { readonly mapping: Mapping<Value> }): Table<Value> {
  const documents = db.collection<StoredDocument>(mapping.collection);
  const read = reading({ documents, mapping, onCorrupt });
  return {
    documents,
    ...adding({ documents, mapping }),
    ...read,
    ...changing({ documents, mapping, existing: read.existing }),
  };
}

interface Opened<Value> {
  readonly documents: Collection<StoredDocument>;
  readonly mapping: Mapping<Value>;
}

function adding<Value>({ documents, mapping }: Opened<Value>): Pick<Table<Value>, 'add' | 'addAll' | 'tryAdd'> {
  const isThere = async (_id: string): Promise<boolean> =>
    (await documents.findOne({ _id }, { projection: { _id: 1 } })) !== null;
  const insert = async (document: StoredDocument): Promise<Error | undefined> => {
    try {
      await documents.insertOne(document);
      return undefined;
    } catch (error) {
      if (isDuplicate(error)) return error;
      throw error;
    }
  };
  const add = async (value: Value): Promise<boolean> => {
    const document = mapping.toDocument(value);
    const duplicate = await insert(document);
    if (duplicate === undefined) return true;
    if (await isThere(document._id)) return false;
    throw duplicate;
  };
  return {
    add,
    tryAdd: async (value) => (await insert(mapping.toDocument(value))) === undefined,
    async addAll(values) {
      const inserts = values.map((value) => ({ insertOne: { document: mapping.toDocument(value) } }));
      if (inserts.length === 0) return;
      try {
        await documents.bulkWrite(inserts, { ordered: false });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        for (const value of values) await add(value);
      }
    },
  };
}

type Reading = 'one' | 'byId' | 'existing' | 'many' | 'readable' | 'newest';

function reading<Value>(deps: Opened<Value> & { readonly onCorrupt: CorruptionReport }): Pick<Table<Value>, Reading> {
  const { documents, mapping, onCorrupt } = deps;
  const one: Table<Value>['one'] = async (filter) => {
    const found = await documents.findOne(filter);
    return found === null ? undefined : mapping.fromDocument(found);
  };
  const byId: Table<Value>['byId'] = (id) => one(where({ _id: id }));
  const fetch = ({ filter, ...options }: Query): Promise<StoredDocument[]> => documents.find(filter, options).toArray();
  const many: Table<Value>['many'] = async (query) =>
    (await fetch(query)).map((document) => mapping.fromDocument(document));
  return {
    one,
    byId,
    many,
    readable: async (query) =>
      (await fetch(query)).flatMap((document) => readOrReport({ document, mapping, onCorrupt })),
    async existing(id) {
      const found = await byId(id);
      if (found === undefined) throw new MissingDocumentError({ collection: mapping.collection, id });
      return found;
    },
    newest: ({ filter, page }) => many({ filter, sort: NEWEST_FIRST, ...span(page) }),
  };
}

function readOrReport<Value>({
  document,
  mapping,
  onCorrupt,
}: {
  document: StoredDocument;
  mapping: Mapping<Value>;
  onCorrupt: CorruptionReport;
}): Value[] {
  try {
    return [mapping.fromDocument(document)];
  } catch (error) {
    if (!(error instanceof CorruptDocumentError)) throw error;
    onCorrupt(error);
    return [];
  }
}

function changing<Value>(
  deps: Opened<Value> & Pick<Table<Value>, 'existing'>,
): Pick<Table<Value>, 'change' | 'remove' | 'setOnce'> {
  const { documents, mapping, existing } = deps;
  const change: Table<Value>['change'] = async (filter, update) => {
    const { matchedCount, modifiedCount } = await documents.updateOne(filter, update as UpdateFilter<StoredDocument>);
    return { fitted: matchedCount === 1, changed: modifiedCount === 1 };
  };
  return {
    change,
    async setOnce(id, field, value) {
      const set: Partial<Value> = {};
      set[field] = value;
      const { fitted } = await change(where({ _id: id, [field]: null }), { $set: mapping.changes(set) });
      if (!fitted) await existing(id);
      return fitted;
    },
    async remove(filter) {
      const { deletedCount } = await documents.deleteOne(filter);
      return deletedCount === 1;
    },
  };
}
