import { TAX_CATEGORIES, isRate, parseRate } from '@payonce/plugin-sdk';
import { z } from 'zod';

const atMostAll = (text: string): boolean => {
  if (!isRate(text)) return false;
  const { numerator, denominator } = parseRate(text);
  return numerator <= denominator;
};

/** One rate of one jurisdiction for one category, over a span of days. */
export const rateRow = z
  .strictObject({
    /** A country by ISO 3166-1 alpha-2, or a state or province by ISO 3166-2: 'DE', 'US-TX', 'CA-BC'. */
    jurisdiction: z.string().regex(/^[A-Z]{2}(?:-[A-Z]{2})?$/, 'is not a country such as DE or a state such as US-TX'),
    /** '*' is the standard rate: what every category without a row of its own gets. */
    category: z.enum(['*', ...TAX_CATEGORIES]),
    /** Exact, from 0 to 1: '19/100' or '0.19'. */
    rate: z.string().refine(atMostAll, "is not a rate from 0 to 1: 19 % is '19/100' or '0.19'"),
    /** What the buyer reads: 'VAT', 'MwSt.'. */
    name: z.string().min(1).max(60),
    /** The first day on which the row applies. */
    from: z.iso.date(),
    /** The last day; null for until further notice. */
    to: z.iso.date().nullable(),
    /** Why it is due, on the invoice; 'standard' for '*' and 'reduced' for the others when left out. */
    reason: z.enum(['standard', 'reduced', 'exempt']).exactOptional(),
    /** The law or the official page that says so. */
    source: z.string().min(1).max(300),
    /** The day on which somebody last compared the row with a source. */
    checked: z.iso.date(),
  })
  .refine(({ from, to }) => to === null || from <= to, { path: ['to'], message: 'is before from' });

/** One rate of one jurisdiction for one category, over a span of days. */
export type RateRow = z.infer<typeof rateRow>;
