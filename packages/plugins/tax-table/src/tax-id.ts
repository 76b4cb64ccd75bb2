/** How the VAT numbers of a country look, after its prefix. */
const NUMBERS: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  ES: /^(?:[A-Z]\d{7}[A-Z\d]|\d{8}[A-Z])$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z\d]{2}\d{9}$/,
  GB: /^(?:\d{9}|\d{12}|(?:GD|HA)\d{3})$/,
  GR: /^\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(?:\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^\d{11}$/,
  LT: /^(?:\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{10}01$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
};

/** Greece's numbers start with the code of its language. */
const prefixOf = (country: string): string => (country === 'GR' ? 'EL' : country);

/** Whether a text has the form of a VAT number of that country, prefix included; spaces, dots and dashes do not count. Whether it exists is not known. */
export function isPlausibleTaxId({ country, taxId }: { readonly country: string; readonly taxId: string }): boolean {
  const text = taxId.toUpperCase().replaceAll(/[\s.-]/g, '');
  const prefix = prefixOf(country);
  return text.startsWith(prefix) && (NUMBERS[country]?.test(text.slice(prefix.length)) ?? false);
}
