import { isRate, parseRate } from '@payonce/plugin-sdk';
import type { LineTax, TaxCalculation, TaxCalculator } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** A rate is a part of one: '19/100' and '0.19' are 19 %, '19' is refused. */
const isPartOfOne = (text: string): boolean => {
  if (!isRate(text)) return false;
  const { numerator, denominator } = parseRate(text);
  return numerator <= denominator;
};

/** What the configuration says. */
export const flatRateOptions = z.strictObject({
  /** What the buyer reads: 'VAT', 'GST'. */
  name: z.string().min(1).max(60),
  rate: z.string().refine(isPartOfOne, { message: 'is not a rate from 0 to 1 such as 19/100 or 0.19' }),
  /** Where it is due, as ISO 3166-1 alpha-2 codes. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
});

export interface FlatRate extends z.output<typeof flatRateOptions> {
  readonly id: string;
}

/** Pure and repeat-safe: it answers rates, and the engine multiplies and rounds once. */
export const flatRate = ({ id, name, rate, countries }: FlatRate): TaxCalculator => ({
  id,
  async calculate({ buyer, lines }): Promise<TaxCalculation> {
    if (!countries.includes(buyer.country))
      return { lines: lines.map((line) => ({ line: line.id, taxes: [], reason: 'out_of_scope' })) };
    const tax: LineTax = { name, rate, jurisdiction: buyer.country, reason: 'standard' };
    return { lines: lines.map((line) => ({ line: line.id, taxes: [tax], reason: 'standard' })) };
  },
});
