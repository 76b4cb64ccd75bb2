import type { Json } from '../../domain/vocabulary.js';
import type { Codec } from './codec.js';
import { Mismatch } from './codec.js';
import { fieldsOf, under } from './composites.js';

/** A JSON value, stored as its text: keys that others chose never become field names. */
export const json: Codec<Json> = {
  read: (stored, path) => parse(stored, path),
  write: (value, path) => {
    assertJson(value, path);
    return JSON.stringify(value);
  },
};

function parse(stored: unknown, path: string): Json {
  try {
    if (typeof stored === 'string') return JSON.parse(stored) as Json;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw new Mismatch({ path, expected: 'JSON as a text' });
}

function assertJson(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (Array.isArray(value)) return value.forEach((each: unknown, index) => assertJson(each, `${path}.${index}`));
  for (const [name, each] of Object.entries(jsonObject(value, path))) assertJson(each, under(path, name));
}

function jsonObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  const fields = typeof value === 'object' ? fieldsOf(value, path) : undefined;
  if (!fields) throw new Mismatch({ path, expected: 'a JSON value' });
  return fields;
}

/**
 * Pairs whose keys others chose, stored as a list of { key, value }: a key with a dot, a dollar sign or a meaning to
 * JavaScript is a value like any other.
 */
export const pairs = <Value>({ read, write }: Codec<Value>): Codec<Readonly<Record<string, Value>>> => ({
  read: (stored, path) => {
    if (!Array.isArray(stored)) throw new Mismatch({ path, expected: 'a list of pairs' });
    return Object.fromEntries(stored.map((pair: unknown, index) => readPair(pair, `${path}.${index}`, read)));
  },
  write: (value, path) =>
    Object.entries(fieldsOf(value, path)).map(([key, each]) => ({ key, value: write(each, under(path, key)) })),
});

function readPair<Value>(pair: unknown, path: string, read: Codec<Value>['read']): readonly [string, Value] {
  const { key, value } = fieldsOf(pair, path);
  if (typeof key !== 'string') throw new Mismatch({ path: under(path, 'key'), expected: 'a text' });
  return [key, read(value, under(path, 'value'))];
}
