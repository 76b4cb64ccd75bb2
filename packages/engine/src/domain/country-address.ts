import type { Address } from './customer.js';

/** A part of an address that decides about tax. */
export type TaxAddressField = 'state' | 'zipcode';

const NEEDED: Readonly<Record<string, readonly TaxAddressField[]>> = {
  US: ['state', 'zipcode'],
  CA: ['state', 'zipcode'],
};

/** What the tax of a country asks for beside the country itself. */
export const taxAddressFields = (country: string): readonly TaxAddressField[] =>
  Object.hasOwn(NEEDED, country) ? (NEEDED[country] ?? []) : [];

/** What is still missing in an address before its tax can be known, in the order of a form. Blank texts count as missing. */
export const missingTaxAddressFields = (address: Address): readonly TaxAddressField[] =>
  taxAddressFields(address.country).filter((field) => (address[field] ?? '').trim() === '');
