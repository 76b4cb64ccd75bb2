import { z } from 'zod';
import { CA_PROVINCES, US_STATES } from './data/regions.js';
import { rateRow } from './rate-row.js';
import type { RateRow } from './rate-row.js';
import { rowProblems } from './rate-problems.js';
import { registrationProblem } from './registrations.js';
import { SHIPPED_RATES } from './shipped-rates.js';

const names = z.array(z.string().max(20)).max(300);

/** What the configuration may say. */
export const taxTableOptions = z
  .strictObject({
    /** Rows that win over ours on the days that they cover; what we don't cover or could not verify is decided this way. */
    overrides: z.array(rateRow).default([]),
    /**
     * Where the seller collects tax: countries, 'EU-OSS' (or 'EU') for the 27 through the One-Stop Shop, states as 'US-TX', provinces with a tax of their own as 'CA-BC',
     * 'CA-SIMPLIFIED' for Canada's simplified registration; 'all' for every country of the table, without states and provincial taxes.
     */
    registrations: z.union([z.literal('all').transform((all): string[] => [all]), names]).default(['all']),
    /** Per country, where its businesses are to be treated otherwise than the table does. */
    businesses: z
      .record(z.string().regex(/^[A-Z]{2}$/), z.enum(['reverse_charge', 'unregistered_only', 'charged']))
      .default({}),
  })
  .superRefine(({ overrides, registrations }, context) => {
    const complain = (path: string, messages: readonly (string | undefined)[]): void => {
      for (const message of messages.filter((one) => one !== undefined))
        context.addIssue({ code: 'custom', path: [path], message });
    };
    complain('overrides', [...overrides.map(placeProblem), ...rowProblems({ shipped: SHIPPED_RATES, overrides })]);
    const known = new Set([...SHIPPED_RATES, ...overrides].map(({ jurisdiction }) => jurisdiction));
    complain('registrations', [
      ...registrations.map((name) => registrationProblem(name, known)),
      registrations.includes('CA') && registrations.includes('CA-SIMPLIFIED')
        ? "'CA' and 'CA-SIMPLIFIED' exclude each other: name the one that you have"
        : undefined,
    ]);
  });

/** Rows are read for countries, states of the US and provinces of Canada only. */
function placeProblem({ jurisdiction }: RateRow): string | undefined {
  if (jurisdiction === 'US') return "'US' levies no sales tax of its own: add rows for states, as in 'US-TX'";
  const [country, region] = jurisdiction.split('-');
  if (region === undefined) return undefined;
  const regions = country === 'US' ? US_STATES : country === 'CA' ? CA_PROVINCES : {};
  return Object.hasOwn(regions, region) ? undefined : `'${jurisdiction}' is not told apart: add the row for ${country}`;
}
