import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CURRENCY_EXPONENTS, isCurrency, toDecimal } from './money.js';
import type { Currency } from './money.js';

const RUNS = { numRuns: 2_000 };
const currencies = Object.keys(CURRENCY_EXPONENTS).filter(isCurrency);
const currency = fc.constantFrom(...currencies);
const amount = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

/** Reads back what toDecimal wrote, by digits alone. */
function fromDecimal(text: string, code: Currency): bigint {
  const [whole = '', decimals = ''] = text.replace('-', '').split('.');
  expect(decimals).toHaveLength(CURRENCY_EXPONENTS[code]);
  return BigInt(text.startsWith('-') ? -1 : 1) * BigInt(whole + decimals);
}

it('writes every amount of every currency so that its digits give the amount back', () => {
  fc.assert(
    fc.property(amount, currency, (minor, code) => {
      expect(fromDecimal(toDecimal({ amount: minor, currency: code }), code)).toBe(BigInt(minor));
    }),
    RUNS,
  );
});

it('writes whole digits before the point, and a point only where the currency has decimals', () => {
  fc.assert(
    fc.property(amount, currency, (minor, code) => {
      const written = toDecimal({ amount: minor, currency: code });
      expect(written).toMatch(CURRENCY_EXPONENTS[code] === 0 ? /^-?(0|[1-9]\d*)$/ : /^-?(0|[1-9]\d*)\.\d+$/);
    }),
    RUNS,
  );
});

it.each([
  [{ amount: 1999, currency: 'EUR' }, '19.99'],
  [{ amount: 1999, currency: 'JPY' }, '1999'],
  [{ amount: 1999, currency: 'KWD' }, '1.999'],
  [{ amount: 5, currency: 'USD' }, '0.05'],
  [{ amount: 5, currency: 'BHD' }, '0.005'],
  [{ amount: 0, currency: 'USD' }, '0.00'],
  [{ amount: 0, currency: 'KRW' }, '0'],
  [{ amount: -5, currency: 'USD' }, '-0.05'],
] as const)('writes %j as %s', (money, text) => {
  expect(toDecimal(money)).toBe(text);
});

it('sells in 145 currencies: those without decimals, those with three, and the rest with two', () => {
  const withExponent = (exponent: number) => currencies.filter((code) => CURRENCY_EXPONENTS[code] === exponent);
  expect(currencies).toHaveLength(145);
  expect(withExponent(0)).toEqual([
    'BIF',
    'CLP',
    'DJF',
    'GNF',
    'JPY',
    'KMF',
    'KRW',
    'PYG',
    'RWF',
    'UGX',
    'VND',
    'VUV',
    'XAF',
    'XOF',
    'XPF',
  ]);
  expect(withExponent(3)).toEqual(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);
  expect(withExponent(2)).toHaveLength(145 - 15 - 7);
});

it('takes nothing for a currency that is not in the table, whatever objects inherit', () => {
  for (const text of ['', 'eur', 'EURO', 'XXX', 'toString', '__proto__', 'constructor'])
    expect(isCurrency(text)).toBe(false);
});

it('uses no floating-point arithmetic on amounts', () => {
  const source = readFileSync(new URL('./money.ts', import.meta.url), 'utf8');
  expect(source).not.toMatch(/parseFloat|toFixed|\/ 10|\* 0\./);
});
