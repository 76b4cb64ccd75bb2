import type { TaxBuyer } from '@payonce/plugin-sdk';
import { CANADIAN_LETTERS, ZIP_RANGES } from './data/postcodes.js';
import { CA_PROVINCES, US_FORCES, US_STATES, US_TERRITORIES } from './data/regions.js';
import { OUTSIDE_VAT, TREATED_AS } from './data/territories.js';

/** Where a sale is taxed. */
export interface Place {
  /** ISO 3166-1 alpha-2, of the country whose law applies. */
  readonly country: string;
  /** State or province, in the US and Canada, when the address tells it. */
  readonly region?: string;
  /** A territory to which the tax of the country does not extend. */
  readonly outside?: string;
}

/** The country whose law applies in a country: Monaco's is that of France. */
export const lawOf = (country: string): string =>
  (Object.hasOwn(TREATED_AS, country) ? TREATED_AS[country] : undefined) ?? country;

/** Reads the state or province from the address: its code, its name, or else the postcode. */
export function placeOf({ country: given, state = '', postcode = '' }: TaxBuyer): Place {
  const country = lawOf(given);
  if (country !== 'US' && country !== 'CA') {
    const outside = territoryOf({ country: given, postcode });
    return outside === undefined ? { country } : { country, outside };
  }
  const region = regionNamed({ country, state }) ?? regionOfPostcode({ country, postcode });
  return region === undefined ? { country } : { country, region };
}

const territoryOf = ({ country, postcode }: { country: string; postcode: string }): string | undefined =>
  OUTSIDE_VAT.find(([of, pattern]) => of === country && pattern.test(postcode.trim().slice(0, LONGEST)))?.[2];

/** No name or postcode is longer; what strangers send may be. */
const LONGEST = 40;

const plain = (text: string): string =>
  text
    .slice(0, LONGEST)
    .normalize('NFD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toUpperCase();

const byText = (names: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(names).flatMap(([code, name]) => [
      [code, code],
      [plain(name), code],
    ]),
  );

const US_TEXTS = byText({
  ...Object.fromEntries(Object.entries(US_STATES).map(([code, { name }]) => [code, name])),
  ...US_FORCES,
  ...US_TERRITORIES,
});
const CA_TEXTS = byText(CA_PROVINCES);

function regionNamed({ country, state }: { country: 'US' | 'CA'; state: string }): string | undefined {
  const texts = country === 'US' ? US_TEXTS : CA_TEXTS;
  const text = plain(state.trim().replace(new RegExp(`^${country}-`, 'i'), ''));
  return texts.get(text);
}

function regionOfPostcode({ country, postcode }: { country: 'US' | 'CA'; postcode: string }): string | undefined {
  const text = postcode.trim().slice(0, LONGEST).toUpperCase();
  if (country === 'CA') return /^[A-Z]\d[A-Z]/.test(text) ? CANADIAN_LETTERS[text.charAt(0)] : undefined;
  const first = /^(\d{3})\d{2}(?:-?\d{4})?$/.exec(text)?.[1];
  if (first === undefined) return undefined;
  return ZIP_RANGES.find(([from, to]) => from <= Number(first) && Number(first) <= to)?.[2];
}
