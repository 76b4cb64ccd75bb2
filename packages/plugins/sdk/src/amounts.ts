import { CURRENCY_EXPONENTS, isCurrency } from './money.js';
import type { Currency, Money } from './money.js';

/** Where a processor counts otherwise than we do. What is not named is counted in our minor units (ISO 4217). */
export interface ProcessorUnits {
  /** How many decimals its amounts have: `{ UGX: 2, MGA: 0 }`. */
  readonly decimals?: Readonly<Partial<Record<Currency, number>>>;
  /** In its units, what every amount has to be a multiple of: `{ KWD: 10 }`. */
  readonly steps?: Readonly<Partial<Record<Currency, number>>>;
}

/** The amount in the processor's units: exactly as much money, or undefined when it cannot be said. Negative and broken amounts cannot. */
export function toProcessorUnits({ amount, currency }: Money, units: ProcessorUnits): number | undefined {
  if (!isCurrency(currency) || !isCount(amount)) return undefined;
  const theirs = rescaled({ amount, from: CURRENCY_EXPONENTS[currency], to: decimalsOf(currency, units) });
  return theirs !== undefined && theirs % (units.steps?.[currency] ?? 1) === 0 ? theirs : undefined;
}

/** Money of an amount in the processor's units and its code in any case; undefined when it is none of ours, or no whole number of our minor units. */
export function fromProcessorUnits(
  { amount, currency }: { readonly amount: number; readonly currency: string },
  units: ProcessorUnits,
): Money | undefined {
  const code = currency.toUpperCase();
  if (!isCurrency(code) || !isCount(amount)) return undefined;
  const ours = rescaled({ amount, from: decimalsOf(code, units), to: CURRENCY_EXPONENTS[code] });
  return ours === undefined ? undefined : { amount: ours, currency: code };
}

const decimalsOf = (currency: Currency, { decimals }: ProcessorUnits): number =>
  decimals?.[currency] ?? CURRENCY_EXPONENTS[currency];

const isCount = (amount: number): boolean => Number.isSafeInteger(amount) && amount >= 0;

interface Rescaling {
  readonly amount: number;
  readonly from: number;
  readonly to: number;
}

function rescaled({ amount, from, to }: Rescaling): number | undefined {
  const factor = 10 ** Math.abs(to - from);
  const scaled = to >= from ? amount * factor : amount / factor;
  return Number.isSafeInteger(scaled) ? scaled : undefined;
}
