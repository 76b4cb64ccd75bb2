import { z } from 'zod';
import { rateRow } from './rate-row.js';
import { rowProblems } from './rate-table.js';
import { SHIPPED_RATES } from './shipped-rates.js';

const MEMBER_STATES = [...new Set(SHIPPED_RATES.map(({ jurisdiction }) => jurisdiction))].filter(
  (country) => country !== 'GB',
);

/** What the configuration may say. */
export const taxTableOptions = z
  .strictObject({
    /** Rows that win over ours on the days that they cover; countries that we don't cover are added this way. */
    overrides: z.array(rateRow).default([]),
    /** Where the seller collects tax: country codes, 'EU' for the 27 through the One-Stop Shop, or 'all'. */
    registrations: z.union([z.literal('all'), z.array(z.string())]).default('all'),
  })
  .superRefine(({ overrides, registrations }, context) => {
    for (const message of rowProblems({ shipped: SHIPPED_RATES, overrides }))
      context.addIssue({ code: 'custom', path: ['overrides'], message });
    const known = new Set([...SHIPPED_RATES, ...overrides].map(({ jurisdiction }) => jurisdiction));
    for (const country of registrations === 'all' ? [] : registrations) {
      if (country !== 'EU' && !known.has(country)) {
        context.addIssue({
          code: 'custom',
          path: ['registrations'],
          message: `'${country}' has no rates: add overrides for it, or remove it`,
        });
      }
    }
  })
  .transform(({ overrides, registrations }) => ({ overrides, registrations: expanded(registrations) }));

const expanded = (registrations: 'all' | readonly string[]): 'all' | readonly string[] =>
  registrations === 'all' ? 'all' : registrations.flatMap((country) => (country === 'EU' ? MEMBER_STATES : [country]));
