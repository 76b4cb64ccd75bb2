import type { Json } from '@payonce/plugin-sdk';

/** What a plugin may answer at most: more than that has no place in a record. */
const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 32;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Why a value is not plain JSON, and where: made of positions, never of the value's own words. */
class NotPlainError extends Error {
  constructor(problem: string, path: readonly (string | number)[]) {
    super(`${['answer', ...path].join('.')} ${problem}`);
    this.name = 'NotPlainError';
  }
}

/**
 * Copies a stranger's value, reading every part once: what comes back is plain JSON that nothing of theirs can change any more. Properties that are undefined are
 * dropped, as JSON drops them. Throws a NotPlainError for anything else: getters, functions, class instances, cycles, NaN, too deep, too large.
 */
export function plainJson(value: unknown): Json {
  const copied = copy(value, { path: [], ancestors: [], left: { size: MAX_BYTES } });
  if (new TextEncoder().encode(JSON.stringify(copied)).byteLength > MAX_BYTES) throw new NotPlainError(TOO_LARGE, []);
  return copied;
}

const TOO_LARGE = `is larger than ${MAX_BYTES / 1024} kB`;

interface Place {
  readonly path: readonly (string | number)[];
  readonly ancestors: readonly object[];
  /** Shared by the whole copy, so that a huge or endless value stops the walk and not the process. */
  readonly left: { size: number };
}

function copy(value: unknown, place: Place): Json {
  spend(typeof value === 'string' ? value.length + 2 : 1, place);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotPlainError('is not a finite number', place.path);
    return value === 0 ? 0 : value; // JSON has no negative zero
  }
  if (typeof value !== 'object') throw new NotPlainError(`is of type ${typeof value}`, place.path);
  if (place.ancestors.includes(value)) throw new NotPlainError('contains itself', place.path);
  if (place.ancestors.length === MAX_DEPTH) throw new NotPlainError(`is nested deeper than ${MAX_DEPTH}`, place.path);
  const inside = { ...place, ancestors: [...place.ancestors, value] };
  return Array.isArray(value) ? copyArray(value, inside) : copyObject(value, inside);
}

function copyArray(array: readonly unknown[], place: Place): Json {
  const { length } = array;
  spend(length, place);
  return Array.from({ length }, (_, index) => copy(dataOf(array, index, place), below(place, index)));
}

function copyObject(object: object, place: Place): Json {
  if (!isPlain(object)) throw new NotPlainError('is an instance of a class', place.path);
  const entries: [string, Json][] = [];
  for (const key of Object.keys(object)) {
    if (FORBIDDEN.has(key)) throw new NotPlainError('has a key that no record may have', place.path);
    spend(key.length + 3, place);
    const value = dataOf(object, key, place);
    if (value !== undefined) entries.push([key, copy(value, below(place, keyText(key)))]);
  }
  return Object.fromEntries(entries);
}

function dataOf(object: object, key: string | number, place: Place): unknown {
  const property = Object.getOwnPropertyDescriptor(object, key);
  if (property && !('value' in property)) throw new NotPlainError('has a getter', place.path);
  return property?.value;
}

function spend(size: number, { left, path }: Place): void {
  left.size -= size;
  if (left.size < 0) throw new NotPlainError(TOO_LARGE, path);
}

/** One level above nothing, or nothing at all: also true for objects of another realm. */
function isPlain(object: object): boolean {
  const parent: unknown = Object.getPrototypeOf(object);
  return parent === null || (typeof parent === 'object' && Object.getPrototypeOf(parent) === null);
}

const below = (place: Place, step: string | number): Place => ({ ...place, path: [...place.path, step] });

/** Keys that look like field names may be shown; others could be anybody's words. */
const keyText = (key: string): string => (/^[a-z][a-zA-Z0-9]{0,39}$/.test(key) ? key : '*');
