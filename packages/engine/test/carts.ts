import type { LineTax, TaxCalculation } from '@payonce/plugin-sdk';
import { CURRENCY_EXPONENTS, TAX_CATEGORIES, TAX_REASONS, isCurrency } from '@payonce/plugin-sdk';
import fc from 'fast-check';
import type { CartLine } from '../src/domain/index.js';

/** A cart with the answer of a tax calculator about it. */
export interface TaxedCart {
  readonly lines: readonly CartLine[];
  readonly tax: TaxCalculation;
}

/** All currencies, so those without decimals and those with three too. */
export const currencies = fc.constantFrom(...Object.keys(CURRENCY_EXPONENTS).filter(isCurrency));

/** Rates as people write them: nothing, whole per cent, odd decimals, fractions; up to 60 %. */
export const rates: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('0', '0.19', '0.2', '7/100', '0.0875', '0.09975', '1/3', '1/7', '19/100', '0.000000000001'),
  fc.integer({ min: 0, max: 6_000 }).map((basisPoints) => `${basisPoints}/10000`),
);

const lineTaxes: fc.Arbitrary<LineTax> = fc.record({
  name: fc.constantFrom('VAT', 'GST', 'PST'),
  rate: rates,
  jurisdiction: fc.constantFrom('DE', 'US-CA', 'CA-QC'),
  reason: fc.constantFrom(...TAX_REASONS),
});

/** Prices from nothing to ten million, often tiny, where rounding matters most. */
const prices = fc.oneof(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 10_000_000 }));

const lineOf = (part: Partial<CartLine>): CartLine => ({
  id: 'line_0',
  product: 'pdt_A00000000000000000000',
  name: 'Brushes',
  description: null,
  image: null,
  category: 'digital_products',
  quantity: 1,
  unitPrice: 1_000,
  discountBps: 0,
  taxInclusive: false,
  entitlements: [],
  ...part,
});

/** A cart by hand: what is left out of a line is one unit of 1000, untaxed price, no discount. */
export const cartOf = (...parts: readonly Partial<CartLine>[]): readonly CartLine[] =>
  parts.map((part, index) => lineOf({ id: `line_${index}`, ...part }));

/** An answer by hand: the same rates on every line. */
export const taxOf = (lines: readonly CartLine[], ...lineRates: readonly string[]): TaxCalculation => ({
  lines: lines.map(({ id }) => ({
    line: id,
    taxes: lineRates.map((rate, index) => ({ name: `tax ${index}`, rate, jurisdiction: 'DE', reason: 'standard' })),
    reason: lineRates.length === 0 ? 'exempt' : 'standard',
  })),
});

const linesAndTaxes = fc.record({
  product: fc.constantFrom('A', 'B', 'C').map((letter) => `pdt_${letter}00000000000000000000` as const),
  category: fc.constantFrom(...TAX_CATEGORIES),
  quantity: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 1_000 })),
  unitPrice: prices,
  discountBps: fc.oneof(fc.constantFrom(0, 10_000), fc.integer({ min: 0, max: 10_000 })),
  taxInclusive: fc.boolean(),
  taxes: fc.array(lineTaxes, { maxLength: 3 }),
  reason: fc.constantFrom(...TAX_REASONS),
});

/** Carts of one to five lines, of three products, so that several lines often have the same one. */
export const taxedCarts: fc.Arbitrary<TaxedCart> = fc
  .array(linesAndTaxes, { minLength: 1, maxLength: 5 })
  .map((parts) => ({
    lines: parts.map(({ taxes: _taxes, reason: _reason, ...part }, index) => lineOf({ id: `line_${index}`, ...part })),
    tax: { lines: parts.map(({ taxes, reason }, index) => ({ line: `line_${index}`, taxes, reason })) },
  }));
