import { expect, it } from '@jest/globals';
import { TAX_CATEGORIES, parseRate } from '@payonce/plugin-sdk';
import fc from 'fast-check';
import { CA_PROVINCES, US_STATES } from './data/regions.js';
import { TABLE_START } from './data/table-start.js';
import { US_TAXABILITY } from './data/us-taxability.js';
import { leviesAt } from './levies.js';
import { rateRow } from './rate-row.js';
import type { RateRow } from './rate-row.js';
import { rowProblems } from './rate-problems.js';
import { rateTable } from './rate-table.js';
import { SHIPPED_RATES, UNDECIDED_CELLS } from './shipped-rates.js';

const MEMBERS = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
const OTHERS = 'AE AU CA CH GB IN IS JP KR MX NO NZ SG TR ZA'.split(' ');
const COUNTRIES = [...MEMBERS, ...OTHERS].toSorted();
const table = rateTable({ shipped: SHIPPED_RATES, overrides: [] });

const day = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const rowsOn = (date: string, wanted: Pick<RateRow, 'jurisdiction' | 'category'>): readonly RateRow[] =>
  SHIPPED_RATES.filter(
    ({ jurisdiction, category, from, to }) =>
      jurisdiction === wanted.jurisdiction &&
      category === wanted.category &&
      from <= date &&
      (to === null || date <= to),
  );

it('covers the 27 member states and fifteen other countries', () => {
  const countries = SHIPPED_RATES.map(({ jurisdiction }) => jurisdiction).filter((one) => one.length === 2);
  expect([...new Set(countries)].toSorted()).toEqual(COUNTRIES);
});

it.each(SHIPPED_RATES)('has a row that parses: $jurisdiction $category $rate from $from', (row) => {
  expect(rateRow.safeParse(row).error).toBeUndefined();
  expect(parseRate(row.rate).denominator).toBeGreaterThan(0n);
});

it('fits together', () => {
  expect(rowProblems({ shipped: SHIPPED_RATES, overrides: [] })).toEqual([]);
});

it('has at most one row for any jurisdiction and category on any day', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SHIPPED_RATES), day, (row, date) => {
      expect(rowsOn(date, row).length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 5_000 },
  );
});

it('has exactly one standard rate for any country on any day from 2024 to 2030', () => {
  fc.assert(
    fc.property(fc.constantFrom(...COUNTRIES), day, (jurisdiction, date) => {
      expect(rowsOn(date, { jurisdiction, category: '*' })).toHaveLength(1);
    }),
    { numRuns: 5_000 },
  );
});

it('leaves no day between a rate that ends and the one that follows, of countries and of provinces', () => {
  const ended = SHIPPED_RATES.filter(({ to }) => to !== null);
  expect(ended.length).toBeGreaterThan(5);
  for (const row of ended) {
    const next = new Date(Date.parse(row.to ?? '') + 86_400_000).toISOString().slice(0, 10);
    expect(rowsOn(next, row)).toHaveLength(1);
  }
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

it('names a source and a day of reading in every row', () => {
  for (const { source, checked } of SHIPPED_RATES) {
    expect(source.length).toBeGreaterThan(3);
    expect(checked).toBe('2026-11-23');
  }
});

it('decides each cell of a state once: by a row, as undecided, or not at all', () => {
  const cells = [
    ...SHIPPED_RATES.filter(({ jurisdiction }) => jurisdiction.startsWith('US-')),
    ...UNDECIDED_CELLS.filter(({ jurisdiction }) => jurisdiction.startsWith('US-')),
  ].map(({ jurisdiction, category }) => `${jurisdiction} ${category}`);
  expect(new Set(cells).size).toBe(cells.length);
  expect(cells).toHaveLength(US_TAXABILITY.length);
  for (const [state] of US_TAXABILITY) expect(Object.keys(US_STATES)).toContain(state);
});

it('gives no state a rate for all categories: what was not verified must not be charged', () => {
  const standard = SHIPPED_RATES.filter(({ category }) => category === '*').map(({ jurisdiction }) => jurisdiction);
  expect(standard.filter((jurisdiction) => jurisdiction.startsWith('US-'))).toEqual([]);
});

it('knows what is levied in every state and province', () => {
  const counts = (country: string, regions: object): Readonly<Record<string, number>> =>
    Object.fromEntries(Object.keys(regions).map((region) => [region, leviesAt({ country, region })?.length ?? -1]));
  const inUs = counts('US', US_STATES);
  expect(Object.keys(inUs).filter((state) => inUs[state] === 0)).toEqual(['AK', 'DE', 'MT', 'NH', 'OR']);
  const inCanada = counts('CA', CA_PROVINCES);
  expect(Object.keys(inCanada).filter((province) => inCanada[province] === 2)).toEqual(['BC', 'MB', 'QC', 'SK']);
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
  ['CH', 'saas', '2026-11-23', '81/1000'],
  ['CH', 'e_book', '2026-11-23', '26/1000'],
  ['NO', 'e_book', '2026-11-23', '0'],
  ['SG', 'saas', '2024-01-01', '9/100'],
  ['IN', 'e_book', '2026-11-23', '5/100'],
  ['CA-NS', 'saas', '2025-03-31', '15/100'],
  ['CA-NS', 'saas', '2025-04-01', '14/100'],
  ['CA-QC', 'e_book', '2026-11-23', '9975/100000'],
  ['US-TX', 'saas', '2026-11-23', '2500/50000'],
  ['US-PA', 'e_book', '2026-11-23', '6/100'],
  ['US-CA', 'digital_products', '2026-11-23', '0'],
] as const)('taxes in %s %s on %s at %s', (jurisdiction, category, date, rate) => {
  expect(table.rowFor({ jurisdiction, category, date })?.rate).toBe(rate);
});

it('knows nothing of the days before it begins', () => {
  expect(TABLE_START).toBe('2024-01-01');
  expect(table.rowFor({ jurisdiction: 'DE', category: 'saas', date: '2023-12-31' })).toBeUndefined();
});
