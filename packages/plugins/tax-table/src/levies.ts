import { HST_PROVINCES, PST_PROVINCES } from './data/canada.js';
import { US_STATES } from './data/regions.js';
import type { Place } from './place.js';

/** One tax that a place levies. */
export interface Levy {
  /** Whose row answers the rate. */
  readonly jurisdiction: string;
  /** The registration under which it is collected. */
  readonly registration: string;
  /** Of the whole country; the others are never collected before their registration is named. */
  readonly national: boolean;
}

/** The taxes of a place: none where there is no sales tax, undefined where the address does not tell the state or province that decides. */
export function leviesAt({ country, region }: Place): readonly Levy[] | undefined {
  if (country === 'US') return region === undefined ? undefined : usLevies(region);
  if (country === 'CA') return region === undefined ? undefined : canadianLevies(region);
  return [{ jurisdiction: country, registration: country, national: true }];
}

const regional = (jurisdiction: string): Levy => ({ jurisdiction, registration: jurisdiction, national: false });

const usLevies = (state: string): readonly Levy[] => (taxless(state) ? [] : [regional(`US-${state}`)]);

/** A territory of the US is none of the states: their sales taxes don't apply, its own is not known here. */
const taxless = (state: string): boolean => !Object.hasOwn(US_STATES, state) || US_STATES[state]?.rate === null;

function canadianLevies(province: string): readonly Levy[] {
  const federal = (jurisdiction: string): Levy => ({ jurisdiction, registration: 'CA', national: true });
  if (HST_PROVINCES.includes(province)) return [federal(`CA-${province}`)];
  return PST_PROVINCES.includes(province) ? [federal('CA'), regional(`CA-${province}`)] : [federal('CA')];
}
