import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainJson } from './plain-json.js';

const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);
const itself: unknown[] = [];
itself.push({ back: itself });

it('copies JSON as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      fc.pre(!/"(?:__proto__|constructor|prototype)":/.test(JSON.stringify(value)));
      expect(plainJson(value)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 2_000 },
  );
});

it('gives nothing back that the other side still holds', () => {
  const value = { list: [{ name: 'VAT' }] };
  const copied = plainJson(value);
  value.list[0] = { name: 'other' };
  expect(copied).toEqual({ list: [{ name: 'VAT' }] });
});

it('takes what the same object says twice, as long as it does not contain itself', () => {
  const money = { amount: 1, currency: 'EUR' };
  expect(plainJson({ asked: money, captured: money })).toEqual({ asked: money, captured: money });
});

it.each([
  [
    'a getter',
    {
      get a() {
        return 1;
      },
    },
    'answer has a getter',
  ],
  ['a key that changes prototypes', JSON.parse('{"a":{"__proto__":1}}'), 'answer.a has a key that no record may have'],
  ['a constructor', { constructor: 1 }, 'answer has a key that no record may have'],
  ['itself', itself, 'answer.0.back contains itself'],
  ['too deep a nest', nested(33), 'is nested deeper than 32'],
  ['an instance', { when: new Date() }, 'answer.when is an instance of a class'],
  ['an endless number', [Number.POSITIVE_INFINITY], 'answer.0 is not a finite number'],
  ['a big integer', { amount: 1n }, 'answer.amount is of type bigint'],
  ['a hole', Array.from({ length: 2 }).fill(undefined), 'answer.0 is of type undefined'],
  ['a function', { rates: () => 1 }, 'answer.rates is of type function'],
  ['a long text', 'x'.repeat(256 * 1024), 'answer is larger than 256 kB'],
  ['many small things', Array.from({ length: 300_000 }, () => 1), 'answer is larger than 256 kB'],
  ['few characters of many bytes', '€'.repeat(90_000), 'answer is larger than 256 kB'],
])('refuses %s, and says where without the words of the value', (_, value, problem) => {
  expect(() => plainJson(value)).toThrow(problem);
});

it("does not repeat keys that could be anybody's words", () => {
  expect(() => plainJson({ 'jane@example.com': Number.NaN })).toThrow('answer.* is not a finite number');
});

it('takes nests and sizes up to the limit', () => {
  expect(() => plainJson(nested(32))).not.toThrow();
  expect(() => plainJson('x'.repeat(256 * 1024 - 2))).not.toThrow();
});
