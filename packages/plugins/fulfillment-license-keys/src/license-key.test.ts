import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RANDOM_BYTES, isLicenseKey, licenseKey } from './license-key.js';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const keys = fc.uint8Array({ minLength: RANDOM_BYTES, maxLength: RANDOM_BYTES }).map(licenseKey);

const replaced = (key: string, at: number, symbol: string): string => key.slice(0, at) + symbol + key.slice(at + 1);

/** The places of symbols in a key, hyphens left out. */
const places = Array.from({ length: 35 }, (_, at) => at).filter((at) => at % 6 !== 5);

it('writes six groups of five, without letters that can be misread', () => {
  fc.assert(fc.property(keys, (key) => expect(key).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){5}$/)));
});

it('knows its own keys', () => {
  fc.assert(fc.property(keys, (key) => expect(isLicenseKey(key)).toBe(true)));
});

it('still knows the keys that were ever issued', () => {
  const key = licenseKey(Uint8Array.from({ length: RANDOM_BYTES }, (_, at) => at * 9));
  expect(key).toBe('09JV4-DPZ8H-T3CNY-7GS2B-MX6FR-1AKGE');
});

it('never makes the same key twice, in a hundred thousand', () => {
  const made = new Set(Array.from({ length: 100_000 }, () => licenseKey(randomBytes(RANDOM_BYTES))));
  expect(made.size).toBe(100_000);
});

it('uses 140 random bits: a change of any of them changes the key', () => {
  const zero = licenseKey(new Uint8Array(RANDOM_BYTES));
  const flips = Array.from({ length: RANDOM_BYTES * 5 }, (_, bit) => {
    const bytes = new Uint8Array(RANDOM_BYTES);
    bytes[Math.floor(bit / 5)] = 1 << (bit % 5);
    return licenseKey(bytes);
  });
  expect(new Set([zero, ...flips]).size).toBe(141);
});

it('notices every wrong symbol', () => {
  fc.assert(
    fc.property(keys, (key) => {
      const wrong = places.flatMap((at) =>
        Array.from(ALPHABET, (symbol) => replaced(key, at, symbol)).filter((text) => text !== key),
      );
      expect(wrong).toHaveLength(30 * 31);
      expect(wrong.filter(isLicenseKey)).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

it('notices any two exchanged symbols, neighbors or not', () => {
  fc.assert(
    fc.property(keys, (key) => {
      const pairs = places.flatMap((left) =>
        places.filter((right) => right > left && key[right] !== key[left]).map((right) => [left, right] as const),
      );
      const exchanged = pairs.map(([left, right]) =>
        replaced(replaced(key, left, key.charAt(right)), right, key.charAt(left)),
      );
      expect(exchanged.filter(isLicenseKey)).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

it('notices any two wrong symbols', () => {
  const change = fc.record({ at: fc.constantFrom(...places), symbol: fc.constantFrom(...Array.from(ALPHABET)) });
  fc.assert(
    fc.property(keys, change, change, (key, first, second) => {
      const text = replaced(replaced(key, first.at, first.symbol), second.at, second.symbol);
      expect(isLicenseKey(text)).toBe(text === key);
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  '',
  'ABCDE',
  'not-a-key',
  '00000-00000-00000-00000-00000-0000O',
  '00000-00000-00000-00000-00000-00000\n',
  '000000000000000000000000000000',
])('takes %j for no key', (text) => expect(isLicenseKey(text)).toBe(false));

it('refuses other amounts of randomness', () => {
  expect(() => licenseKey(new Uint8Array(27))).toThrow('a license key takes 28 random bytes');
});
