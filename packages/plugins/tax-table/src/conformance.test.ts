import { describe, it } from '@jest/globals';
import { taxCalculatorConformance } from '@payonce/plugin-sdk/testing';
import { taxTable } from './index.js';

const AUSTRIAN = { business: 'bus_1', country: 'AT' };
const date = '2026-11-23';
const line = (category: 'e_book' | 'saas') =>
  [{ id: 'line', product: 'pdt_1', category, amount: 999, inclusive: true }] as const;

taxCalculatorConformance({
  runner: { describe, it },
  id: 'tax-table',
  plugin: taxTable({ registrations: ['EU-OSS', 'CA', 'CA-QC', 'US-TX', 'US-CA'] }),
  misconfigured: [
    taxTable({ registrations: ['ZZ'] }),
    taxTable({ registrations: ['US'] }),
    taxTable({ overrides: [{ jurisdiction: 'CH', rate: '8.1' }] }),
  ],
  secrets: [],
  cases: {
    'a German consumer': {
      buyer: { country: 'DE', kind: 'consumer' },
      seller: AUSTRIAN,
      date,
      rates: ['0.19'],
      reason: 'standard',
    },
    'an e-book for a German': {
      buyer: { country: 'DE', kind: 'consumer' },
      seller: AUSTRIAN,
      date,
      lines: line('e_book'),
      rates: ['7/100'],
      reason: 'reduced',
    },
    'a German business': {
      buyer: { country: 'DE', kind: 'business', taxId: 'DE136695976' },
      seller: AUSTRIAN,
      date,
      rates: ['0'],
      reason: 'reverse_charge',
    },
    'a buyer where the seller is not registered': {
      buyer: { country: 'GB', kind: 'consumer' },
      seller: AUSTRIAN,
      date,
      rates: [],
      reason: 'not_registered',
    },
    'a buyer in Quebec': {
      buyer: { country: 'CA', state: 'QC', kind: 'consumer' },
      seller: AUSTRIAN,
      date,
      rates: ['0.05', '0.09975'],
      reason: 'standard',
    },
    'software as a service for Texas': {
      buyer: { country: 'US', postcode: '78701', kind: 'consumer' },
      seller: AUSTRIAN,
      date,
      lines: line('saas'),
      rates: ['0.05'],
      reason: 'standard',
    },
    'a download for California': {
      buyer: { country: 'US', state: 'CA', kind: 'consumer' },
      seller: AUSTRIAN,
      date,
      rates: ['0'],
      reason: 'exempt',
    },
    'a country without rates': {
      buyer: { country: 'BR', kind: 'consumer' },
      date,
      rates: [],
      reason: 'out_of_scope',
    },
  },
});
