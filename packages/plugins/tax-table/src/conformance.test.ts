import { describe, it } from '@jest/globals';
import { taxCalculatorConformance } from '@payonce/plugin-sdk/testing';
import { taxTable } from './index.js';

const AUSTRIAN = { business: 'bus_1', country: 'AT' };

taxCalculatorConformance({
  runner: { describe, it },
  id: 'tax-table',
  plugin: taxTable({ registrations: ['EU'] }),
  misconfigured: [taxTable({ registrations: ['ZZ'] }), taxTable({ overrides: [{ jurisdiction: 'CH', rate: '8.1' }] })],
  secrets: [],
  cases: {
    'a German consumer': {
      buyer: { country: 'DE', kind: 'consumer' },
      seller: AUSTRIAN,
      date: '2026-11-23',
      rates: ['0.19'],
      reason: 'standard',
    },
    'an e-book for a German': {
      buyer: { country: 'DE', kind: 'consumer' },
      seller: AUSTRIAN,
      date: '2026-11-23',
      lines: [{ id: 'book', product: 'pdt_1', category: 'e_book', amount: 999, inclusive: true }],
      rates: ['7/100'],
      reason: 'reduced',
    },
    'a German business': {
      buyer: { country: 'DE', kind: 'business', taxId: 'DE136695976' },
      seller: AUSTRIAN,
      date: '2026-11-23',
      rates: ['0'],
      reason: 'reverse_charge',
    },
    'a buyer where the seller is not registered': {
      buyer: { country: 'GB', kind: 'consumer' },
      seller: AUSTRIAN,
      date: '2026-11-23',
      rates: [],
      reason: 'not_registered',
    },
    'a country without rates': {
      buyer: { country: 'US', state: 'CA', kind: 'consumer' },
      date: '2026-11-23',
      rates: [],
      reason: 'out_of_scope',
    },
  },
});
