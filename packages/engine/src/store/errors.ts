import { MongoServerError } from 'mongodb';

/**
 * A stored document that cannot be read: something else wrote it, or a newer version did. It is left as it is, and
 * shown to an operator.
 */
export class CorruptDocumentError extends Error {
  readonly collection: string;
  readonly id: string;

  constructor({
    collection,
    id,
    problem,
    cause,
  }: {
    collection: string;
    id: string;
    problem: string;
    cause?: unknown;
  }) {
    super(`${collection} document ${id} cannot be read: ${problem}`, { cause });
    this.name = 'CorruptDocumentError';
    this.collection = collection;
    this.id = id;
  }
}

/** A change of a document that does not exist. */
export class MissingDocumentError extends Error {
  readonly collection: string;
  readonly id: string;

  constructor({ collection, id }: { collection: string; id: string }) {
    super(`${collection} has no document ${id}`);
    this.name = 'MissingDocumentError';
    this.collection = collection;
    this.id = id;
  }
}

const DUPLICATE_KEY = 11_000;

/** Whether a write failed because a unique value was there already. */
export const isDuplicate = (error: unknown): error is MongoServerError =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY;
