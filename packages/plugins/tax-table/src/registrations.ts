import { HST_PROVINCES, PST_PROVINCES } from './data/canada.js';
import { EUROPEAN_UNION_AND_UNITED_KINGDOM } from './data/europe.js';
import { CA_PROVINCES, US_STATES } from './data/regions.js';
import type { Levy } from './levies.js';

/** Where the seller collects tax. */
export interface Registrations {
  collects(levy: Levy): boolean;
  /** Whether any state or province of the country is named, or the country itself. */
  anyIn(country: string): boolean;
  /** Registered in Canada in the way that charges consumers only. */
  readonly simplifiedInCanada: boolean;
}

const MEMBER_STATES = [...new Set(EUROPEAN_UNION_AND_UNITED_KINGDOM.map(({ jurisdiction }) => jurisdiction))].filter(
  (country) => country !== 'GB',
);

/** What a name stands for, when it is not itself the place. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  EU: MEMBER_STATES,
  'EU-OSS': MEMBER_STATES,
  'CA-SIMPLIFIED': ['CA'],
};

/** `'all'` is every country of the table; states of the US and provincial taxes of Canada are collected only where they are named. */
export function registrationsOf(named: readonly string[]): Registrations {
  const places = new Set(named.flatMap((name) => (Object.hasOwn(GROUPS, name) ? (GROUPS[name] ?? []) : [name])));
  const all = places.has('all');
  return {
    collects: ({ registration, national }) => places.has(registration) || (all && national),
    anyIn: (country) =>
      (all && country !== 'US') || [...places].some((name) => name === country || name.startsWith(`${country}-`)),
    simplifiedInCanada: named.includes('CA-SIMPLIFIED'),
  };
}

/** Why a name cannot be a registration, as what to do instead; undefined when it can. `known` are the jurisdictions with rows. */
export function registrationProblem(name: string, known: ReadonlySet<string>): string | undefined {
  if (name === 'all' || Object.hasOwn(GROUPS, name)) return undefined;
  if (name === 'US') return "'US' registers nobody: name the states, as in 'US-TX'";
  const [country, region = ''] = name.split('-');
  if (country === 'US' && Object.hasOwn(US_STATES, region))
    return US_STATES[region]?.rate === null ? `'${name}' levies no sales tax: remove it` : undefined;
  if (country === 'CA' && PST_PROVINCES.includes(region)) return undefined;
  if (country === 'CA' && Object.hasOwn(CA_PROVINCES, region))
    return `'${name}' has no registration of its own: ${HST_PROVINCES.includes(region) ? 'HST' : 'GST'} is collected under 'CA'`;
  return known.has(name) ? undefined : `'${name}' has no rates: add overrides for it, or remove it`;
}
