import { expect, it } from '@jest/globals';
import { missingTaxAddressFields, taxAddressFields } from './country-address.js';
import { COUNTRY_CODES, isCountry } from './country-codes.js';
import type { Address } from './customer.js';

const address = (part: Partial<Address> & Pick<Address, 'country'>): Address => ({
  state: null,
  city: null,
  street: null,
  zipcode: null,
  ...part,
});

it('knows the 249 countries of ISO 3166-1, in order and each once', () => {
  expect(COUNTRY_CODES).toHaveLength(249);
  expect([...new Set(COUNTRY_CODES)].toSorted()).toEqual(COUNTRY_CODES);
  expect(COUNTRY_CODES.every(isCountry)).toBe(true);
});

it.each(['', 'de', 'DEU', 'EU', 'UK', 'XX', 'ZZ', ' DE', 'toString'])('does not take %j for a country', (code) => {
  expect(isCountry(code)).toBe(false);
});

it('asks for state and postcode where tax depends on them, and for nothing elsewhere', () => {
  expect(COUNTRY_CODES.filter((country) => taxAddressFields(country).length > 0)).toEqual(['CA', 'US']);
  expect(taxAddressFields('US')).toEqual(['state', 'zipcode']);
  expect(taxAddressFields('constructor')).toEqual([]);
});

it('names what an address still lacks', () => {
  expect(missingTaxAddressFields(address({ country: 'US' }))).toEqual(['state', 'zipcode']);
  expect(missingTaxAddressFields(address({ country: 'US', state: 'CA', zipcode: ' ' }))).toEqual(['zipcode']);
  expect(missingTaxAddressFields(address({ country: 'CA', state: 'QC', zipcode: 'H2X 1Y4' }))).toEqual([]);
  expect(missingTaxAddressFields(address({ country: 'DE' }))).toEqual([]);
});
