import { expect, it } from '@jest/globals';
import { parseRate } from '@payonce/plugin-sdk';
import fc from 'fast-check';
import { rates } from '../../test/carts.js';
import { allocate, portion, sum, wholeUnits } from './arithmetic.js';

const RUNS = { numRuns: 1_000 };
const amounts = fc.integer({ min: -(2 ** 40), max: 2 ** 40 });
const weightLists = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.maxSafeNat()), { minLength: 1, maxLength: 8 })
  .filter((weights) => weights.some((weight) => weight > 0));

it('takes the part of an amount that is nearest to the exact one', () => {
  fc.assert(
    fc.property(amounts, rates, (amount, rate) => {
      const { numerator, denominator } = parseRate(rate);
      const off = 2n * (BigInt(portion({ amount, rate })) * denominator - BigInt(amount) * numerator);
      expect(off <= denominator && off >= -denominator).toBe(true);
    }),
    RUNS,
  );
});

it('takes the same part of a debt as of a claim', () => {
  fc.assert(
    fc.property(amounts, rates, (amount, rate) => {
      expect(portion({ amount: -amount, rate }) + portion({ amount, rate })).toBe(0);
    }),
    RUNS,
  );
});

it.each([
  [5, '1/2', 3],
  [-5, '1/2', -3],
  [25, '0.1', 3],
  [24, '0.1', 2],
  [299, '0.04', 12],
  [1999, '0.19', 380],
  [0, '0.19', 0],
  [Number.MAX_SAFE_INTEGER, '1', Number.MAX_SAFE_INTEGER],
])('rounds %i × %s to %i: halves go away from zero', (amount, rate, part) => {
  expect(portion({ amount, rate })).toBe(part);
});

it('splits an amount into shares that add up to it, each less than a unit from its exact one', () => {
  fc.assert(
    fc.property(amounts, weightLists, (amount, weights) => {
      const shares = allocate({ amount, weights });
      const total = weights.reduce((all, weight) => all + BigInt(weight), 0n);
      expect(shares.reduce((all, share) => all + BigInt(share), 0n)).toBe(BigInt(amount));
      shares.forEach((share, index) => {
        const off = BigInt(share) * total - BigInt(amount) * BigInt(weights[index] ?? 0);
        const nothingForNothing = weights[index] !== 0 || share === 0;
        expect(off < total && off > -total && nothingForNothing).toBe(true);
      });
    }),
    RUNS,
  );
});

it('splits by the proportion of the weights, whatever their scale and the sign of the amount', () => {
  fc.assert(
    fc.property(amounts, weightLists, fc.bigInt({ min: 1n, max: 10n ** 30n }), (amount, weights, scale) => {
      const shares = allocate({ amount, weights });
      expect(allocate({ amount, weights: weights.map((weight) => BigInt(weight) * scale) })).toEqual(shares);
      expect(allocate({ amount: -amount, weights })).toEqual(shares.map((share) => (share === 0 ? 0 : -share)));
    }),
    RUNS,
  );
});

it('gives every weight the same share in any order, but for the unit that goes to the earlier one when remainders tie', () => {
  const reordered = weightLists.chain((weights) => {
    const order = weights.map((_weight, index) => index);
    return fc.record({ weights: fc.constant(weights), order: fc.shuffledSubarray(order, { minLength: order.length }) });
  });
  fc.assert(
    fc.property(fc.nat(2 ** 40), reordered, (amount, { weights, order }) => {
      const total = weights.reduce((all, weight) => all + BigInt(weight), 0n);
      const rests = weights.map((weight) => (BigInt(amount) * BigInt(weight)) % total);
      const ties = new Set(rests).size < rests.length;
      const shares = allocate({ amount, weights });
      const others = allocate({ amount, weights: order.map((index) => weights[index] ?? 0) });
      order.forEach((index, position) => {
        const off = Math.abs((shares[index] ?? 0) - (others[position] ?? 0));
        expect(off).toBeLessThanOrEqual(ties ? 1 : 0);
      });
    }),
    RUNS,
  );
});

it('gives the units left over to the largest remainders, not to the largest weights', () => {
  expect(allocate({ amount: 10, weights: [61, 39] })).toEqual([6, 4]);
  expect(allocate({ amount: 5, weights: [70, 30] })).toEqual([4, 1]);
  expect(allocate({ amount: 100, weights: [1, 1, 1] })).toEqual([34, 33, 33]);
  expect(allocate({ amount: 1, weights: [0, 1, 1] })).toEqual([0, 1, 0]);
});

it('splits nothing over anything, and refuses to split something over nothing', () => {
  expect(allocate({ amount: 0, weights: [0, 0] })).toEqual([0, 0]);
  expect(allocate({ amount: 0, weights: [] })).toEqual([]);
  expect(() => allocate({ amount: 1, weights: [0, 0] })).toThrow(RangeError);
  expect(() => allocate({ amount: 1, weights: [] })).toThrow(RangeError);
  expect(() => allocate({ amount: 1, weights: [2, -1] })).toThrow('cannot split 1 by the weights 2, -1');
});

it('refuses amounts that a number cannot hold exactly', () => {
  expect(wholeUnits(BigInt(Number.MAX_SAFE_INTEGER))).toBe(Number.MAX_SAFE_INTEGER);
  expect(() => wholeUnits(BigInt(Number.MAX_SAFE_INTEGER) + 1n)).toThrow('9007199254740992 minor units is too large');
  expect(() => wholeUnits(BigInt(Number.MIN_SAFE_INTEGER) - 1n)).toThrow(/too large/);
  expect(() => sum([Number.MAX_SAFE_INTEGER, 1])).toThrow(/too large/);
  expect(sum([Number.MAX_SAFE_INTEGER, 1, -1])).toBe(Number.MAX_SAFE_INTEGER);
});
