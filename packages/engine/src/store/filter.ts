import type { Filter } from 'mongodb';
import type { CreatedBetween } from '../ports/page.js';
import type { StoredDocument } from './codec/mapping.js';

/** What a filter compares with. Anything else, such as an object with an operator in it, never reaches the server. */
type Scalar = string | number | boolean | Date | null;

/** A filter over stored documents. */
export type DocumentFilter = Filter<StoredDocument>;

const isScalar = (value: unknown): value is Scalar =>
  value === null || value instanceof Date || ['string', 'number', 'boolean'].includes(typeof value);

/**
 * Equality with each of the values. Bare values, not `$eq`: some servers use a compound index for those only.
 *
 * @throws TypeError when a value is missing or is no scalar, so that a forgotten scope finds nothing instead of
 * everything
 */
export function where(values: Readonly<Record<string, Scalar>>): DocumentFilter {
  for (const [field, value] of Object.entries(values)) {
    if (!isScalar(value)) throw new TypeError(`a filter compares ${field} with something that is no scalar`);
  }
  return { ...values };
}

/** The same, without the values that are not given. */
export const given = (values: Readonly<Record<string, Scalar | undefined>>): DocumentFilter =>
  where(
    Object.fromEntries(Object.entries(values).filter((entry): entry is [string, Scalar] => entry[1] !== undefined)),
  );

/** Limits a field to a span of time, ends included. */
export function between(field: string, { createdFrom, createdTo }: CreatedBetween): DocumentFilter {
  if (createdFrom === undefined && createdTo === undefined) return {};
  const span = { ...(createdFrom && { $gte: createdFrom }), ...(createdTo && { $lte: createdTo }) };
  return { [field]: span };
}

/**
 * A field that has this text somewhere in it, taken literally.
 *
 * @throws TypeError when it is no text
 */
export function containing(field: string, part: string): DocumentFilter {
  if (typeof part !== 'string') throw new TypeError(`a filter looks in ${field} for something that is no text`);
  return { [field]: { $regex: part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') } };
}
