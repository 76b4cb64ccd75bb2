import type { Rate } from '@payonce/plugin-sdk';
import { parseRate } from '@payonce/plugin-sdk';
import { DomainError } from './domain-error.js';

/** A part of an amount, `amount × rate`, rounded once: half a unit goes away from zero. Minor units in and out. */
export function portion({ amount, rate }: { readonly amount: number; readonly rate: Rate }): number {
  const { numerator, denominator } = parseRate(rate);
  return wholeUnits(roundedQuotient({ dividend: BigInt(amount) * numerator, divisor: denominator }));
}

/**
 * Splits an amount by weights so that the shares add up to it exactly. Each share is its exact one cut down to a whole unit; the units left over go to the largest
 * remainders, the earlier share first on a tie (Hamilton). A weight of zero gets nothing. Weights must not be negative, and not all zero unless the amount is zero.
 */
export function allocate({
  amount,
  weights,
}: {
  readonly amount: number;
  readonly weights: readonly (number | bigint)[];
}): readonly number[] {
  const exact = weights.map(BigInt);
  const total = exact.reduce((sum, weight) => sum + weight, 0n);
  if (exact.some((weight) => weight < 0n) || (total === 0n && amount !== 0))
    throw new RangeError(`cannot split ${amount} by the weights ${weights.join(', ')}`);
  if (amount === 0) return weights.map(() => 0);
  const size = magnitude(BigInt(amount));
  const shares = exact.map((weight, index) => ({
    index,
    whole: (size * weight) / total,
    rest: (size * weight) % total,
  }));
  const missing = size - shares.reduce((whole, share) => whole + share.whole, 0n);
  const byRest = shares.toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  const topped = new Set(byRest.slice(0, Number(missing)).map(({ index }) => index));
  return shares.map(({ index, whole }) => {
    const units = topped.has(index) ? whole + 1n : whole;
    return wholeUnits(amount < 0 ? -units : units);
  });
}

/** The nearest whole number to a fraction; halves go away from zero. The divisor is positive. */
export function roundedQuotient({
  dividend,
  divisor,
}: {
  readonly dividend: bigint;
  readonly divisor: bigint;
}): bigint {
  const rounded = (2n * magnitude(dividend) + divisor) / (2n * divisor);
  return dividend < 0n ? -rounded : rounded;
}

/** An amount as JSON can carry it. Refuses what is beyond 2^53 − 1 minor units: past that, numbers are not exact any more. */
export function wholeUnits(amount: bigint): number {
  if (amount > BigInt(Number.MAX_SAFE_INTEGER) || amount < BigInt(Number.MIN_SAFE_INTEGER)) {
    throw new DomainError(
      'INVALID_REQUEST_BODY',
      `an amount of ${amount} minor units is too large: lower the price or the quantity`,
    );
  }
  return Number(amount);
}

/** Adds amounts exactly, or refuses the sum. */
export const sum = (amounts: readonly number[]): number =>
  wholeUnits(amounts.reduce((total, amount) => total + BigInt(amount), 0n));

const magnitude = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
