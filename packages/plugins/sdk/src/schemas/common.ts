import { z } from 'zod';
import { CURRENCY_EXPONENTS, isCurrency } from '../money.js';
import type { Currency } from '../money.js';
import { isRate } from '../rate.js';

/** A text of bounded length. */
export const text = (max: number) => z.string().min(1).max(max);

/** One of the currencies of the contract. */
const currency = z.custom<Currency>((value) => typeof value === 'string' && isCurrency(value), {
  message: `is not one of the ${Object.keys(CURRENCY_EXPONENTS).length} currencies`,
});

/** Minor units and a currency; never negative. */
export const money = z.strictObject({ amount: z.int().min(0), currency });

/** An exact rate from 0 to 1,000,000. */
export const rate = z
  .string()
  .refine(isRate, { message: 'is not a rate: write a fraction such as 19/100 or a decimal such as 0.19' });

/** An http or https address. */
export const webUrl = z.url({ protocol: /^https?$/ }).max(2048);
