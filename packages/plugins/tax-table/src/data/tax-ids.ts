/** How the tax ids of a country's businesses are checked. */
export interface TaxIdRule {
  /** The validator of the country in stdnum. */
  readonly validator: string;
  /** The number must carry one of these: of the member states' numbers many have the same length and differ by it alone. */
  readonly prefixes?: readonly string[];
}

const MEMBER_STATES: Readonly<Record<string, string>> = {
  AT: 'uid',
  BE: 'vat',
  BG: 'vat',
  CY: 'vat',
  CZ: 'dic',
  DE: 'vat',
  DK: 'cvr',
  EE: 'kmkr',
  ES: 'nif',
  FI: 'alv',
  FR: 'tva',
  GR: 'vat',
  HR: 'oib',
  HU: 'anum',
  IE: 'vat',
  IT: 'iva',
  LT: 'pvm',
  LU: 'tva',
  LV: 'pvn',
  MT: 'vat',
  NL: 'btw',
  PL: 'nip',
  PT: 'nif',
  RO: 'cui',
  SE: 'vat',
  SI: 'ddv',
  SK: 'dph',
};

/** By country. The UK's numbers are the same with XI before them, as traders in Northern Ireland write them. */
export const TAX_IDS: Readonly<Record<string, TaxIdRule>> = {
  ...Object.fromEntries(
    Object.entries(MEMBER_STATES).map(([country, validator]) => [
      country,
      { validator, prefixes: [country === 'GR' ? 'EL' : country] },
    ]),
  ),
  AU: { validator: 'abn' },
  CA: { validator: 'gst' },
  CH: { validator: 'vat' },
  GB: { validator: 'vat', prefixes: ['GB', 'XI'] },
  IN: { validator: 'gstin' },
  IS: { validator: 'vsk' },
  JP: { validator: 'cn' },
  KR: { validator: 'brn' },
  MX: { validator: 'rfc' },
  NO: { validator: 'mva' },
  NZ: { validator: 'ird' },
  SG: { validator: 'uen' },
  TR: { validator: 'vkn' },
  ZA: { validator: 'vat' },
};
