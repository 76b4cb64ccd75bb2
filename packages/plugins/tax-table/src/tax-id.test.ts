import { expect, it } from '@jest/globals';
import { isPlausibleTaxId } from './tax-id.js';
import { SHIPPED_RATES } from './shipped-rates.js';

/** One number of the right form per country. */
const FORMS = {
  AT: 'ATU12345678',
  BE: 'BE0123456789',
  BG: 'BG123456789',
  CY: 'CY12345678X',
  CZ: 'CZ12345678',
  DE: 'DE123456789',
  DK: 'DK12345678',
  EE: 'EE123456789',
  ES: 'ESX1234567X',
  FI: 'FI12345678',
  FR: 'FRXX123456789',
  GB: 'GB123456789',
  GR: 'EL123456789',
  HR: 'HR12345678901',
  HU: 'HU12345678',
  IE: 'IE1234567WA',
  IT: 'IT12345678901',
  LT: 'LT123456789',
  LU: 'LU12345678',
  LV: 'LV12345678901',
  MT: 'MT12345678',
  NL: 'NL123456789B01',
  PL: 'PL1234567890',
  PT: 'PT123456789',
  RO: 'RO12',
  SE: 'SE123456789001',
  SI: 'SI12345678',
  SK: 'SK1234567890',
};

it('knows the form of every country of the table', () => {
  expect(Object.keys(FORMS)).toEqual([...new Set(SHIPPED_RATES.map(({ jurisdiction }) => jurisdiction))].toSorted());
});

it.each(Object.entries(FORMS))('takes a number of %s for its own and for no other', (country, taxId) => {
  expect(Object.keys(FORMS).filter((other) => isPlausibleTaxId({ country: other, taxId }))).toEqual([country]);
});

it.each(['de 123 456 789', 'DE-123.456.789'])('does not mind how %j is written', (taxId) => {
  expect(isPlausibleTaxId({ country: 'DE', taxId })).toBe(true);
});

it.each(['', '123456789', 'DE12345678', 'DE1234567890', 'DE12345678X', 'GR123456789', '${jndi}'])(
  'takes %j for no number of Germany or Greece',
  (taxId) => {
    expect(['DE', 'GR'].filter((country) => isPlausibleTaxId({ country, taxId }))).toEqual([]);
  },
);
