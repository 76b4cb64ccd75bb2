import { DomainError, isId } from '@payonce/engine/domain';
import type { Id } from '@payonce/engine/domain';
import type { Asked } from './endpoint.js';

/** The id in a path. A text that is no such id names nothing, and needs no look-up to say so. */
export function idParam<Prefix extends string>(
  { params }: Pick<Asked, 'params'>,
  param: string,
  prefix: Prefix,
): Id<Prefix> {
  const text = params[param] ?? '';
  if (!isId(prefix, text)) throw notFound(NAMES[prefix] ?? 'thing');
  return text;
}

/** Refuses an id that names nothing of the caller's: the same words, whoever it belongs to. */
export const notFound = (what: string): DomainError => new DomainError('NOT_FOUND', `There is no such ${what}.`);

/** What was found, or the refusal. */
export function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw notFound(what);
  return value;
}

const NAMES: Readonly<Record<string, string>> = {
  cks: 'checkout session',
  cus: 'customer',
  ent: 'entitlement',
  entg: 'grant',
  lic: 'license key',
  lki: 'license key instance',
  pay: 'payment',
  pdt: 'product',
  ref: 'refund',
  whk: 'webhook endpoint',
};
