import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RANDOM_BYTES, codeText, readCode, ticketCode } from './code.js';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bytes = fc.uint8Array({ minLength: RANDOM_BYTES, maxLength: RANDOM_BYTES });
const place = fc.integer({ min: 0, max: 19 });

it('reads every code that it makes', () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const code = ticketCode(random);
      expect(readCode(codeText(code))).toBe(code);
      expect(codeText(code)).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
    }),
  );
});

it('notices every single wrong symbol', () => {
  fc.assert(
    fc.property(bytes, place, fc.integer({ min: 0, max: 31 }), (random, at, symbol) => {
      const code = ticketCode(random);
      const wrong = code.slice(0, at) + ALPHABET.charAt(symbol) + code.slice(at + 1);
      expect(readCode(wrong)).toBe(wrong === code ? code : undefined);
    }),
  );
});

it('notices every two exchanged symbols', () => {
  fc.assert(
    fc.property(bytes, place, place, (random, one, other) => {
      const symbols = [...ticketCode(random)];
      const exchanged = symbols.map((symbol, at) => symbols[at === one ? other : at === other ? one : at] ?? symbol);
      const code = symbols.join('');
      expect(readCode(exchanged.join(''))).toBe(exchanged.join('') === code ? code : undefined);
    }),
    { numRuns: 1_000 },
  );
});

it('never makes the same code twice', () => {
  const codes = Array.from({ length: 5_000 }, () => ticketCode(randomBytes(RANDOM_BYTES)));
  expect(new Set(codes).size).toBe(codes.length);
});

it('takes exactly its bytes', () => {
  expect(() => ticketCode(randomBytes(5))).toThrow('takes 18 random bytes');
});

it.each(['', 'x', '00000-00000-00000-0000', '00000-00000-00000-0000U', 'ÄÖÜ', '0'.repeat(100)])(
  'reads nothing from %j',
  (text) => {
    expect(readCode(text)).toBeUndefined();
  },
);
