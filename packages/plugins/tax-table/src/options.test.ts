import { expect, it } from '@jest/globals';
import { taxTableOptions } from './options.js';
import { rateTable } from './rate-table.js';
import { SHIPPED_RATES } from './shipped-rates.js';

const row = {
  jurisdiction: 'LI',
  category: '*',
  rate: '81/1000',
  name: 'MWST',
  from: '2024-01-01',
  to: null,
  source: 'MWSTG art. 25, LI',
  checked: '2026-11-23',
};

const problems = (options: unknown): readonly string[] =>
  (taxTableOptions.safeParse(options).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

it('asks for nothing', () => {
  expect(taxTableOptions.parse({})).toEqual({ overrides: [], registrations: ['all'], businesses: {} });
});

it('takes a country of the merchant, and registrations in it', () => {
  expect(problems({ overrides: [row], registrations: ['LI', 'GB'] })).toEqual([]);
});

it("prefers the merchant's rows on the days that they cover, and ours on the others", () => {
  const overrides = [
    { ...row, jurisdiction: 'DE', category: '*' as const, rate: '16/100', from: '2026-07-01', to: '2026-12-31' },
  ];
  const table = rateTable({ shipped: SHIPPED_RATES, overrides });
  const rate = (date: string, category: 'saas' | 'e_book' = 'saas') =>
    table.rowFor({ jurisdiction: 'DE', category, date })?.rate;
  expect([rate('2026-06-30'), rate('2026-07-01'), rate('2026-12-31'), rate('2027-01-01')]).toEqual([
    '19/100',
    '16/100',
    '16/100',
    '19/100',
  ]);
  expect(rate('2026-07-01', 'e_book')).toBe('7/100');
});

it.each([
  [
    'two rates on a day',
    [row, { ...row, rate: '1/10', from: '2025-01-01' }],
    "overrides: LI has two rates for '*' on 2025-01-01: end the earlier row before that day",
  ],
  [
    'two rates that begin together',
    [row, { ...row, rate: '1/10' }],
    "overrides: LI has two rates for '*' on 2024-01-01: end the earlier row before that day",
  ],
  [
    'a day without a rate',
    [
      { ...row, to: '2024-12-30' },
      { ...row, from: '2025-01-01' },
    ],
    'overrides: LI has no standard rate between 2024-12-30 and 2025-01-01: add the row for these days',
  ],
  [
    'a rate that just ends',
    [{ ...row, to: '2026-12-31' }],
    "overrides: LI has no standard rate after 2026-12-31: add the row that follows, or leave 'to' null",
  ],
  [
    'no standard rate',
    [{ ...row, category: 'e_book' }],
    "overrides: LI has no standard rate: add a row with the category '*'",
  ],
  [
    'a percentage for a rate',
    [{ ...row, rate: '8.1' }],
    "overrides.0.rate: is not a rate from 0 to 1: 19 % is '19/100' or '0.19'",
  ],
  [
    'a name for a country',
    [{ ...row, jurisdiction: 'Switzerland' }],
    'overrides.0.jurisdiction: is not a country such as DE or a state such as US-TX',
  ],
  [
    'an end before the beginning',
    [row, { ...row, category: 'e_book', to: '2023-12-31' }],
    'overrides.1.to: is before from',
  ],
])('refuses rows with %s, in one line', (_, overrides, line) => {
  expect(problems({ overrides })).toEqual([line]);
});

it('takes rows that follow each other without a gap', () => {
  expect(
    problems({
      overrides: [
        { ...row, to: '2024-02-29' },
        { ...row, from: '2024-03-01', rate: '9/100' },
      ],
    }),
  ).toEqual([]);
});

it.each([
  ['BR', "'BR' has no rates: add overrides for it, or remove it"],
  ['US', "'US' registers nobody: name the states, as in 'US-TX'"],
  ['US-ZZ', "'US-ZZ' has no rates: add overrides for it, or remove it"],
  ['US-OR', "'US-OR' levies no sales tax: remove it"],
  ['CA-ON', "'CA-ON' has no registration of its own: HST is collected under 'CA'"],
  ['CA-AB', "'CA-AB' has no registration of its own: GST is collected under 'CA'"],
  ['__proto__', "'__proto__' has no rates: add overrides for it, or remove it"],
])('refuses the registration %s, and says what to do', (name, message) => {
  expect(problems({ registrations: [name] })).toEqual([`registrations: ${message}`]);
});

it('takes registrations of every kind', () => {
  const registrations = ['all', 'EU', 'EU-OSS', 'GB', 'US-TX', 'US-DC', 'CA', 'CA-BC', 'CA-QC'];
  expect(problems({ registrations })).toEqual([]);
  expect(problems({ registrations: ['CA-SIMPLIFIED', 'CA-SK'] })).toEqual([]);
});

it('refuses both ways of being registered in Canada at once', () => {
  expect(problems({ registrations: ['CA', 'CA-SIMPLIFIED'] })).toEqual([
    "registrations: 'CA' and 'CA-SIMPLIFIED' exclude each other: name the one that you have",
  ]);
});

it.each([
  ['US', "'US' levies no sales tax of its own: add rows for states, as in 'US-TX'"],
  ['US-ZZ', "'US-ZZ' is not told apart: add the row for US"],
  ['DE-BY', "'DE-BY' is not told apart: add the row for DE"],
])('refuses rows of %s, which nothing would read', (jurisdiction, message) => {
  expect(problems({ overrides: [{ ...row, jurisdiction }] })).toContain(`overrides: ${message}`);
});

it('takes a row of one category of a state: a state needs no standard rate', () => {
  const cell = { ...row, jurisdiction: 'US-TX', category: 'edtech', rate: '0', reason: 'exempt', to: '2027-12-31' };
  expect(problems({ overrides: [cell] })).toEqual([]);
});
