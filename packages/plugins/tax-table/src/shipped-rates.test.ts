import { expect, it } from '@jest/globals';
import { TAX_CATEGORIES } from '@payonce/plugin-sdk';
import fc from 'fast-check';
import { rateRow } from './rate-row.js';
import { rateTable, rowProblems } from './rate-table.js';
import { SHIPPED_RATES, TABLE_START } from './shipped-rates.js';

const COUNTRIES = 'AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
const table = rateTable({ shipped: SHIPPED_RATES, overrides: [] });

const day = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

it('covers the 27 member states and the United Kingdom', () => {
  expect([...new Set(SHIPPED_RATES.map(({ jurisdiction }) => jurisdiction))].toSorted()).toEqual(COUNTRIES);
});

it.each(SHIPPED_RATES)('has a row that parses: $jurisdiction $category $rate from $from', (row) => {
  expect(rateRow.safeParse(row).error).toBeUndefined();
});

it('fits together', () => {
  expect(rowProblems({ shipped: SHIPPED_RATES, overrides: [] })).toEqual([]);
});

it('has exactly one standard rate for any country on any day from 2024 to 2030', () => {
  fc.assert(
    fc.property(fc.constantFrom(...COUNTRIES), day, (country, date) => {
      const rows = SHIPPED_RATES.filter(
        ({ jurisdiction, category, from, to }) =>
          jurisdiction === country && category === '*' && from <= date && (to === null || date <= to),
      );
      expect(rows).toHaveLength(1);
    }),
    { numRuns: 5_000 },
  );
});

it('answers every category of every country on any day of these years', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...COUNTRIES),
      fc.constantFrom(...TAX_CATEGORIES),
      day,
      (jurisdiction, category, date) => {
        const row = table.rowFor({ jurisdiction, category, date });
        expect([category, '*']).toContain(row?.category);
      },
    ),
    { numRuns: 5_000 },
  );
});

it.each([
  ['DE', 'digital_products', '2026-11-23', '19/100'],
  ['DE', 'e_book', '2026-11-23', '7/100'],
  ['EE', 'saas', '2025-06-30', '22/100'],
  ['EE', 'saas', '2025-07-01', '24/100'],
  ['SK', 'saas', '2024-12-31', '20/100'],
  ['SK', 'saas', '2025-01-01', '23/100'],
  ['SK', 'e_book', '2024-12-31', '20/100'],
  ['SK', 'e_book', '2025-01-01', '5/100'],
  ['RO', 'edtech', '2025-07-31', '19/100'],
  ['RO', 'edtech', '2025-08-01', '21/100'],
  ['RO', 'e_book', '2025-08-01', '11/100'],
  ['FI', 'digital_products', '2024-08-31', '24/100'],
  ['FI', 'digital_products', '2024-09-01', '255/1000'],
  ['FI', 'e_book', '2026-01-01', '135/1000'],
  ['FR', 'e_book', '2026-11-23', '55/1000'],
  ['GB', 'e_book', '2026-11-23', '0'],
  ['IE', 'e_book', '2026-11-23', '0'],
  ['LT', 'e_book', '2026-01-01', '5/100'],
  ['DK', 'e_book', '2026-11-23', '25/100'],
] as const)('taxes in %s %s on %s at %s', (jurisdiction, category, date, rate) => {
  expect(table.rowFor({ jurisdiction, category, date })?.rate).toBe(rate);
});

it('knows nothing of the days before it begins', () => {
  expect(TABLE_START).toBe('2024-01-01');
  expect(table.rowFor({ jurisdiction: 'DE', category: 'saas', date: '2023-12-31' })).toBeUndefined();
});
