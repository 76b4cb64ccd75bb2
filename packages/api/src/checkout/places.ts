import { COUNTRY_CODES } from '@payonce/engine/domain';

/** Something to choose from a list. */
export interface Choice {
  readonly code: string;
  readonly name: string;
}

const names = new Intl.DisplayNames('en', { type: 'region' });

/** What a country is called. */
const countryName = (code: string): string => names.of(code) ?? code;

/** All countries by name. */
export const COUNTRIES: readonly Choice[] = COUNTRY_CODES.map((code) => ({ code, name: countryName(code) })).sort(
  (a, b) => a.name.localeCompare(b.name, 'en'),
);

// oxfmt-ignore
const STATES = {
  US: {
    AL: 'Alabama', AK: 'Alaska', AS: 'American Samoa', AZ: 'Arizona', AR: 'Arkansas', CA: 'California', CO: 'Colorado', CT: 'Connecticut',
    DE: 'Delaware', DC: 'District of Columbia', FL: 'Florida', GA: 'Georgia', GU: 'Guam', HI: 'Hawaii', ID: 'Idaho', IL: 'Illinois',
    IN: 'Indiana', IA: 'Iowa', KS: 'Kansas', KY: 'Kentucky', LA: 'Louisiana', ME: 'Maine', MD: 'Maryland', MA: 'Massachusetts',
    MI: 'Michigan', MN: 'Minnesota', MS: 'Mississippi', MO: 'Missouri', MT: 'Montana', NE: 'Nebraska', NV: 'Nevada',
    NH: 'New Hampshire', NJ: 'New Jersey', NM: 'New Mexico', NY: 'New York', NC: 'North Carolina', ND: 'North Dakota',
    MP: 'Northern Mariana Islands', OH: 'Ohio', OK: 'Oklahoma', OR: 'Oregon', PA: 'Pennsylvania', PR: 'Puerto Rico',
    RI: 'Rhode Island', SC: 'South Carolina', SD: 'South Dakota', TN: 'Tennessee', TX: 'Texas', VI: 'U.S. Virgin Islands', UT: 'Utah',
    VT: 'Vermont', VA: 'Virginia', WA: 'Washington', WV: 'West Virginia', WI: 'Wisconsin', WY: 'Wyoming',
    AA: 'Armed Forces (Americas)', AE: 'Armed Forces (Europe)', AP: 'Armed Forces (Pacific)',
  },
  CA: {
    AB: 'Alberta', BC: 'British Columbia', MB: 'Manitoba', NB: 'New Brunswick', NL: 'Newfoundland and Labrador',
    NT: 'Northwest Territories', NS: 'Nova Scotia', NU: 'Nunavut', ON: 'Ontario', PE: 'Prince Edward Island', QC: 'Quebec',
    SK: 'Saskatchewan', YT: 'Yukon',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The states of a country whose tax asks for one; none for the others. */
export const statesOf = (country: string): readonly Choice[] =>
  Object.entries(country === 'US' ? STATES.US : country === 'CA' ? STATES.CA : {}).map(([code, name]) => ({
    code,
    name,
  }));

/** Who levies a tax, as buyers read it: 'DE' is 'Germany', 'US-CA' is 'California'. Unknown codes are shown as they are. */
export function jurisdictionName(jurisdiction: string): string {
  const [country = '', state] = jurisdiction.split('-');
  if (!/^[A-Z]{2}$/.test(country)) return jurisdiction;
  if (state === undefined) return countryName(country);
  return statesOf(country).find(({ code }) => code === state)?.name ?? jurisdiction;
}

/** What a state is called there. */
export const stateLabel = (country: string): string => (country === 'CA' ? 'Province' : 'State');

/** What the postal code is called there. */
export const postalCodeLabel = (country: string): string => (country === 'US' ? 'ZIP code' : 'Postal code');

/** Whether a postal code can be one of that country; only countries whose tax asks for it are judged. */
export const isPostalCode = ({ country, text }: { readonly country: string; readonly text: string }): boolean =>
  country === 'US'
    ? /^\d{5}(-\d{4})?$/.test(text)
    : country === 'CA'
      ? /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i.test(text)
      : /^[A-Za-z0-9 -]{2,12}$/.test(text);
