import { CorruptDocumentError } from '../errors.js';
import type { Codec } from './codec.js';
import { Mismatch } from './codec.js';
import type { Fields } from './composites.js';
import { record } from './composites.js';

/** The only layout there is. A document of another one is not read: defaults would have to be made up. */
export const SCHEMA_VERSION = 1;

/** A document as MongoDB keeps it. */
export interface StoredDocument {
  readonly _id: string;
  readonly schemaVersion: number;
  readonly [field: string]: unknown;
}

/** How records of a collection are stored. */
export interface Mapping<Value> {
  readonly collection: string;
  toDocument(value: Value): StoredDocument;
  /** @throws CorruptDocumentError for anything that `toDocument` does not make */
  fromDocument(stored: StoredDocument): Value;
  /** The fields of an update, checked like those of a whole document. */
  changes(set: Partial<Value>): Readonly<Record<string, unknown>>;
}

/** Maps records by hand: `fields` has a codec for each. The field `identity` is the document's `_id`. */
export function mapping<Value extends object>({
  collection,
  identity,
  fields,
}: {
  readonly collection: string;
  readonly identity: keyof Value & string;
  readonly fields: Fields<Value>;
}): Mapping<Value> {
  const { read, write } = record<Value>(fields);
  const writeAll = (value: object): Record<string, unknown> => write(value, '') as Record<string, unknown>;
  const codecOf = (field: string): Codec<unknown> | undefined =>
    Object.hasOwn(fields, field) ? (fields as unknown as Record<string, Codec<unknown>>)[field] : undefined;
  return {
    collection,
    toDocument: (value) => {
      const { [identity]: _id, ...rest } = refusing(collection, () => writeAll(value));
      return { _id: String(_id), schemaVersion: SCHEMA_VERSION, ...rest };
    },
    fromDocument: (stored) => reading(collection, stored, () => read({ ...stored, [identity]: stored._id }, '')),
    changes: (set) =>
      refusing(collection, () => {
        const changed = Object.entries(set).filter(([field, value]) => field !== identity && value !== undefined);
        return Object.fromEntries(changed.map(([field, value]) => [field, writeField(codecOf(field), field, value)]));
      }),
  };
}

function writeField(codec: Codec<unknown> | undefined, field: string, value: unknown): unknown {
  if (!codec) throw new Mismatch({ path: field, expected: 'a field of this collection' });
  return codec.write(value, field);
}

function refusing<Result>(collection: string, write: () => Result): Result {
  try {
    return write();
  } catch (cause) {
    if (!(cause instanceof Mismatch)) throw cause;
    throw new TypeError(`not stored in ${collection}: ${cause.message}`, { cause });
  }
}

function reading<Value>(collection: string, stored: StoredDocument, read: () => Value): Value {
  const corrupt = (problem: string, cause?: unknown) =>
    new CorruptDocumentError({ collection, id: String(stored._id), problem, cause });
  if (stored.schemaVersion !== SCHEMA_VERSION) throw corrupt(`its schemaVersion is not ${SCHEMA_VERSION}`);
  try {
    return read();
  } catch (cause) {
    throw cause instanceof Mismatch ? corrupt(cause.message, cause) : cause;
  }
}
