import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromProcessorUnits, toProcessorUnits } from './amounts.js';
import type { ProcessorUnits } from './amounts.js';
import { CURRENCY_EXPONENTS, isCurrency } from './money.js';
import type { Currency } from './money.js';

const currencies = Object.keys(CURRENCY_EXPONENTS).filter(isCurrency);
const money = fc.record({
  amount: fc.oneof(fc.nat(), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })),
  currency: fc.constantFrom(...currencies),
});
/** Processors that count each currency in any way. */
const anyUnits = fc.record({
  decimals: fc.dictionary(fc.constantFrom(...currencies), fc.integer({ min: 0, max: 4 })),
  steps: fc.dictionary(fc.constantFrom(...currencies), fc.constantFrom(1, 10, 100)),
}) as fc.Arbitrary<ProcessorUnits>;
const RUNS = { numRuns: 5_000 };

/** How much money it is, in ten-thousandths of a whole. */
const worth = (amount: number, decimals: number): bigint => BigInt(amount) * 10n ** BigInt(4 - decimals);

describe('amounts in units of a processor', () => {
  it('come back as they were, or are refused', () => {
    fc.assert(
      fc.property(money, anyUnits, (ours, units) => {
        const theirs = toProcessorUnits(ours, units);
        fc.pre(theirs !== undefined);
        expect(fromProcessorUnits({ amount: theirs, currency: ours.currency.toLowerCase() }, units)).toEqual(ours);
      }),
      RUNS,
    );
  });

  it('are worth exactly as much', () => {
    fc.assert(
      fc.property(money, anyUnits, (ours, units) => {
        const exponent = CURRENCY_EXPONENTS[ours.currency];
        const theirs = toProcessorUnits(ours, units);
        fc.pre(theirs !== undefined);
        expect(worth(theirs, units.decimals?.[ours.currency] ?? exponent)).toBe(worth(ours.amount, exponent));
      }),
      RUNS,
    );
  });

  it('are refused only when they cannot be said, or not in steps', () => {
    fc.assert(
      fc.property(money, anyUnits, ({ amount, currency }, units) => {
        if (toProcessorUnits({ amount, currency }, units) !== undefined) return;
        const exponent = CURRENCY_EXPONENTS[currency];
        const decimals = units.decimals?.[currency] ?? exponent;
        const exact = worth(amount, exponent) % 10n ** BigInt(4 - decimals) === 0n;
        const theirs = worth(amount, exponent) / 10n ** BigInt(4 - decimals);
        const steps = BigInt(units.steps?.[currency] ?? 1);
        expect(exact && theirs % steps === 0n && theirs <= BigInt(Number.MAX_SAFE_INTEGER)).toBe(false);
      }),
      RUNS,
    );
  });

  it.each([0.5, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('of %d are refused both ways', (amount) => {
    expect(toProcessorUnits({ amount, currency: 'EUR' }, {})).toBeUndefined();
    expect(fromProcessorUnits({ amount, currency: 'eur' }, {})).toBeUndefined();
  });

  it('of a currency of nowhere are refused', () => {
    expect(toProcessorUnits({ amount: 1, currency: 'XXX' as Currency }, {})).toBeUndefined();
    expect(fromProcessorUnits({ amount: 1, currency: 'xxx' }, {})).toBeUndefined();
    expect(fromProcessorUnits({ amount: 1, currency: 'constructor' }, {})).toBeUndefined();
  });
});
