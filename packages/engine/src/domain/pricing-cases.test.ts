import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cartOf, rates, taxOf } from '../../test/carts.js';
import { priceCart } from './pricing.js';

const RUNS = { numRuns: 1_000 };

describe('tax', () => {
  it.each([
    ['on top of 19.99 at 19 %', { unitPrice: 1999 }, ['0.19'], { net: 1999, tax: 380, total: 2379 }],
    ['inside 19.99 at 19 %', { unitPrice: 1999, taxInclusive: true }, ['0.19'], { net: 1680, tax: 319, total: 1999 }],
    [
      'inside 10.00 at 21 %, without losing a cent',
      { unitPrice: 1000, taxInclusive: true },
      ['21/100'],
      { net: 826, tax: 174, total: 1000 },
    ],
    [
      'inside 2.99 at 4 %, where the tax is a half: it rounds up',
      { unitPrice: 299, taxInclusive: true },
      ['1/25'],
      { net: 287, tax: 12, total: 299 },
    ],
    [
      'of two authorities on top, each rounded on its own',
      { unitPrice: 1010 },
      ['0.05', '0.09975'],
      { net: 1010, tax: 152, total: 1162 },
    ],
    [
      'of two authorities inside, rounded once together',
      { unitPrice: 1010, taxInclusive: true },
      ['0.05', '0.09975'],
      { net: 878, tax: 132, total: 1010 },
    ],
    [
      'of three units after 15 % off',
      { unitPrice: 333, quantity: 3, discountBps: 1500 },
      ['0.19'],
      { subtotal: 999, discount: 150, net: 849, tax: 161, total: 1010 },
    ],
    ['of nothing', { unitPrice: 0 }, ['0.19'], { net: 0, tax: 0, total: 0 }],
    ['at no rate: exempt', { unitPrice: 1999 }, [], { net: 1999, tax: 0, total: 1999, reason: 'exempt', taxes: [] }],
  ] as const)('%s', (_case, line, lineRates, expected) => {
    const lines = cartOf(line);
    expect(priceCart({ currency: 'EUR', lines, tax: taxOf(lines, ...lineRates) }).lines[0]).toMatchObject(expected);
  });

  it('names every tax with its rate, authority and reason, also one of 0 % that says why', () => {
    const lines = cartOf({ unitPrice: 5000 });
    const zero = { name: 'VAT', rate: '0', jurisdiction: 'FR', reason: 'reverse_charge' } as const;
    const quote = priceCart({
      currency: 'JPY',
      lines,
      tax: {
        lines: [{ line: 'line_0', taxes: [zero], reason: 'reverse_charge' }],
        notices: ['buyer accounts for the VAT'],
      },
    });
    expect(quote.lines[0]).toMatchObject({ taxes: [{ ...zero, amount: 0 }], reason: 'reverse_charge', total: 5000 });
    expect(quote.notices).toEqual(['buyer accounts for the VAT']);
  });

  it('splits the tax inside a price by the rates of its authorities', () => {
    const lines = cartOf({ unitPrice: 11_499, taxInclusive: true });
    const { taxes } = priceCart({ currency: 'CAD', lines, tax: taxOf(lines, '0.05', '0.09975') }).lines[0] ?? {
      taxes: [],
    };
    expect(taxes.map(({ amount }) => amount)).toEqual([500, 998]);
  });

  it('comes back from a gross price to within a unit of the net it was made from', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), rates, (net, rate) => {
        const exclusive = cartOf({ unitPrice: net });
        const gross = priceCart({ currency: 'EUR', lines: exclusive, tax: taxOf(exclusive, rate) }).total;
        const inclusive = cartOf({ unitPrice: gross, taxInclusive: true });
        const back = priceCart({ currency: 'EUR', lines: inclusive, tax: taxOf(inclusive, rate) }).lines[0]?.net ?? 0;
        expect(Math.abs(back - net)).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });
});

describe('an answer of the calculator that cannot be used', () => {
  const lines = cartOf({}, {});
  const answer = (line: string, rate = '0.19') => ({
    line,
    taxes: [{ name: 'VAT', rate, jurisdiction: 'DE', reason: 'standard' as const }],
    reason: 'standard' as const,
  });
  it.each([
    ['leaves out a line', [answer('line_0')], 'it does not answer line line_1'],
    [
      'answers a line twice',
      [answer('line_0'), answer('line_1'), answer('line_1')],
      'it answers a line more than once',
    ],
    [
      'answers a line of another cart',
      [answer('line_0'), answer('line_1'), answer('line_7')],
      'it answers line line_7, which nobody asked about',
    ],
    ['names a rate that is none', [answer('line_0'), answer('line_1', '19 %')], "'19 %' of line line_1 is not a rate"],
    ['is empty', [], 'it does not answer line line_0'],
  ])('%s: it is refused and nothing is charged', (_case, answers, why) => {
    const priced = () => priceCart({ currency: 'EUR', lines, tax: { lines: answers } });
    expect(priced).toThrow(expect.objectContaining({ code: 'TAX_UNAVAILABLE', message: expect.stringContaining(why) }));
  });
});

describe('a total beyond 2^53 − 1', () => {
  const huge = { unitPrice: 2 ** 52, quantity: 1 };
  it.each([
    ['by the quantity of one line', [{ unitPrice: 2 ** 31, quantity: 2 ** 30 }], []],
    ['by the tax on top', [{ unitPrice: Number.MAX_SAFE_INTEGER }], ['1/100']],
    ['by the sum of the lines', [huge, huge], []],
  ] as const)('is refused when it comes %s', (_case, parts, lineRates) => {
    const lines = cartOf(...parts);
    const priced = () => priceCart({ currency: 'IDR', lines, tax: taxOf(lines, ...lineRates) });
    expect(priced).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST_BODY', message: expect.stringMatching(/too large/) }),
    );
  });

  it('is not one at exactly that amount', () => {
    const lines = cartOf({ unitPrice: Number.MAX_SAFE_INTEGER, taxInclusive: true });
    expect(priceCart({ currency: 'IDR', lines, tax: taxOf(lines, '0.11') }).total).toBe(Number.MAX_SAFE_INTEGER);
  });
});
