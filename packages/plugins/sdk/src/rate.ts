/** An exact rate, written as a fraction or a decimal: '19/100', '0.19' and '7/80' are rates. Never a floating-point number. */
export type Rate = string;

/** A rate as two whole numbers; the denominator is positive. */
export interface Fraction {
  /** 0 or more. */
  readonly numerator: bigint;
  /** 1 or more. */
  readonly denominator: bigint;
}

const FRACTION = /^(\d{1,12})\/([1-9]\d{0,11})$/;
const DECIMAL = /^(\d{1,6})(?:\.(\d{1,12}))?$/;

/** Whether a text is a rate that {@link parseRate} takes. Negative rates do not exist. */
export const isRate = (text: string): boolean => FRACTION.test(text) || DECIMAL.test(text);

/** Reads a rate: '7/80' is 7n over 80n, '0.19' is 19n over 100n. Throws a TypeError for anything that is not one. */
export function parseRate(rate: Rate): Fraction {
  const fraction = FRACTION.exec(rate);
  if (fraction) return { numerator: BigInt(fraction[1] ?? ''), denominator: BigInt(fraction[2] ?? '') };
  const decimal = DECIMAL.exec(rate);
  if (!decimal)
    throw new TypeError(`'${rate}' is not a rate: write a fraction such as 19/100 or a decimal such as 0.19`);
  const decimals = decimal[2] ?? '';
  return { numerator: BigInt((decimal[1] ?? '') + decimals), denominator: 10n ** BigInt(decimals.length) };
}
