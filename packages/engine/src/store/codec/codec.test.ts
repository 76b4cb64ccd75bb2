import { describe, expect, it } from '@jest/globals';
import type { Codec } from './codec.js';
import { Mismatch } from './codec.js';
import { choice, list, nullable, optional, record } from './composites.js';
import { json, pairs } from './free-form.js';
import { mapping } from './mapping.js';
import { count, currency, flag, id, instant, minorUnits, oneOf, text, whole } from './scalars.js';

const back = <Value>(codec: Codec<Value>, value: Value): Value => codec.read(codec.write(value, 'x'), 'x');
/** Those of the values that are refused in both directions. */
const refused = <Value>(codec: Codec<Value>, values: readonly unknown[]): readonly unknown[] =>
  values.filter((value) => throws(() => codec.read(value, 'x')) && throws(() => codec.write(value, 'x')));

function throws(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch (error) {
    return error instanceof Mismatch;
  }
}

describe('one value', () => {
  it.each([0, 1, Number.MAX_SAFE_INTEGER])('%p is an amount', (amount) => {
    expect(back(minorUnits, amount)).toBe(amount);
  });

  const wrong: readonly [string, Codec<unknown>, readonly unknown[]][] = [
    ['an amount', minorUnits, [-1, 0.1, Number.NaN, Infinity, 2 ** 53, '1', 1n, null, undefined, {}, [1], true]],
    ['a count', count, [-1, 1.5, '0', null]],
    ['a whole number', whole, [0.5, '-1', null]],
    ['a text', text, [1, null, undefined, {}, ['a']]],
    ['a flag', flag, [0, 1, 'true', null]],
    ['a point in time', instant, [new Date(Number.NaN), '2026-01-01', 0, null]],
    ['a currency', currency, ['XXX', 'eur', 'constructor', '', null]],
    ['a word', oneOf('a', 'b'), ['c', 'A', '', null, ['a']]],
    ['an id', id('pay'), ['ref_1', 'pay', '', null, { $ne: '' }]],
    ['pairs', pairs(text), [null, 'a', 5]],
  ];

  it.each(wrong)('that is not %s is refused', (_, codec, values) => {
    expect(refused(codec, values)).toEqual(values);
  });

  it('may be negative only where nothing is counted or paid', () => {
    expect(back(whole, -3)).toBe(-3);
  });
});

describe('a composite', () => {
  interface Thing {
    readonly name: string;
    readonly note: string | null;
    readonly size?: number;
  }
  const thing = record<Thing>({ name: text, note: nullable(text), size: optional(count) });

  it('leaves out what is optional, and knows null from missing', () => {
    expect(back(thing, { name: 'a', note: null })).toEqual({ name: 'a', note: null });
    expect(Object.keys(back(thing, { name: 'a', note: null }))).toEqual(['name', 'note']);
    expect(() => thing.read({ name: 'a' }, '')).toThrow('note is not a text');
    expect(() => thing.read({ name: 'a', note: null, size: null }, '')).toThrow('size is not a whole number');
  });

  it('says where the problem is', () => {
    const things = record<{ readonly things: readonly Thing[] }>({ things: list(thing) });
    expect(() =>
      things.read(
        {
          things: [
            { name: 'a', note: null },
            { name: 1, note: null },
          ],
        },
        '',
      ),
    ).toThrow('things.1.name is not a text');
    expect(() => things.read({ things: { 0: 'a' } }, '')).toThrow('things is not a list');
    expect(() => things.read([], '')).toThrow('is not an object');
  });

  it('reads a choice by its own words only', () => {
    type Shape = { readonly kind: 'dot' } | { readonly kind: 'line'; readonly length: number };
    const shape = choice<Shape, 'kind'>('kind', {
      dot: record<Extract<Shape, { kind: 'dot' }>>({ kind: oneOf('dot') }),
      line: record<Extract<Shape, { kind: 'line' }>>({ kind: oneOf('line'), length: count }),
    });
    expect(back(shape, { kind: 'line', length: 2 })).toEqual({ kind: 'line', length: 2 });
    for (const kind of ['toString', '__proto__', 'Dot', 1, null])
      expect(() => shape.read({ kind }, '')).toThrow('kind is not one of dot, line');
    expect(() => shape.read({ kind: 'line' }, '')).toThrow('length is not');
  });
});

describe('what others chose the keys of', () => {
  it('is stored without making them field names', () => {
    const value = JSON.parse('{"a.b":"1","$set":"2","__proto__":"3"}') as Record<string, string>;
    expect(pairs(text).write(value, 'm')).toEqual([
      { key: 'a.b', value: '1' },
      { key: '$set', value: '2' },
      { key: '__proto__', value: '3' },
    ]);
    expect(Object.entries(back(pairs(text), value))).toEqual(Object.entries(value));
  });

  it('is JSON or refused', () => {
    for (const value of [null, true, 'a', 1.5, [], {}, { a: [{ b: null }] }]) expect(back(json, value)).toEqual(value);
    for (const value of [undefined, Number.NaN, () => 1, 1n, new Date(), { a: undefined }, [Symbol('a')]]) {
      expect(() => json.write(value, 'j')).toThrow(/^j(\.\w+)? is not/);
    }
    for (const stored of ['', '{', 5, null, {}])
      expect(() => json.read(stored, 'j')).toThrow('j is not JSON as a text');
  });
});

describe('a mapping', () => {
  const things = mapping<{ readonly id: string; readonly size: number; readonly at: Date | null }>({
    collection: 'things',
    identity: 'id',
    fields: { id: text, size: minorUnits, at: nullable(instant) },
  });

  it('makes the id the id of the document and gives every document its schema version', () => {
    expect(things.toDocument({ id: 'a', size: 1, at: null })).toEqual({
      _id: 'a',
      schemaVersion: 1,
      size: 1,
      at: null,
    });
    expect(things.fromDocument({ _id: 'a', schemaVersion: 1, size: 1, at: null })).toEqual({
      id: 'a',
      size: 1,
      at: null,
    });
  });

  it('checks changes like documents, never changes the id, and leaves what is undefined', () => {
    const undefinedAt = { size: 2, at: undefined } as unknown as { size: number };
    expect(things.changes({ ...undefinedAt, id: 'b' })).toEqual({ size: 2 });
    expect(() => things.changes({ size: 0.5 })).toThrow('not stored in things: size is not an amount in minor units');
    expect(() => things.changes(JSON.parse('{"__proto__":1}') as object)).toThrow(
      'not stored in things: __proto__ is not a field',
    );
  });

  it('does not store a record without its fields', () => {
    expect(() => things.toDocument({ id: 'a', size: 1 } as never)).toThrow(
      'not stored in things: at is not a point in time',
    );
  });
});
