import { expect, it } from '@jest/globals';
import { taxTableOptions } from './options.js';
import { rateTable } from './rate-table.js';
import { SHIPPED_RATES } from './shipped-rates.js';

const row = {
  jurisdiction: 'CH',
  category: '*',
  rate: '81/1000',
  name: 'MWST',
  from: '2024-01-01',
  to: null,
  source: 'MWSTG art. 25',
  checked: '2026-11-23',
};

const problems = (options: unknown): readonly string[] =>
  (taxTableOptions.safeParse(options).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

it('asks for nothing', () => {
  expect(taxTableOptions.parse({})).toEqual({ overrides: [], registrations: 'all' });
});

it('takes a country of the merchant, and registrations in it', () => {
  expect(problems({ overrides: [row], registrations: ['CH', 'GB'] })).toEqual([]);
});

it('knows the 27 as EU', () => {
  const { registrations } = taxTableOptions.parse({ registrations: ['EU'] });
  expect(registrations).toHaveLength(27);
  expect(registrations).not.toContain('GB');
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
    "overrides: CH has two rates for '*' on 2025-01-01: end the earlier row before that day",
  ],
  [
    'two rates that begin together',
    [row, { ...row, rate: '1/10' }],
    "overrides: CH has two rates for '*' on 2024-01-01: end the earlier row before that day",
  ],
  [
    'a day without a rate',
    [
      { ...row, to: '2024-12-30' },
      { ...row, from: '2025-01-01' },
    ],
    'overrides: CH has no standard rate between 2024-12-30 and 2025-01-01: add the row for these days',
  ],
  [
    'a rate that just ends',
    [{ ...row, to: '2026-12-31' }],
    "overrides: CH has no standard rate after 2026-12-31: add the row that follows, or leave 'to' null",
  ],
  [
    'no standard rate',
    [{ ...row, category: 'e_book' }],
    "overrides: CH has no standard rate: add a row with the category '*'",
  ],
  [
    'a percentage for a rate',
    [{ ...row, rate: '8.1' }],
    "overrides.0.rate: is not a rate from 0 to 1: 19 % is '19/100' or '0.19'",
  ],
  [
    'a name for a country',
    [{ ...row, jurisdiction: 'Switzerland' }],
    'overrides.0.jurisdiction: is not a country code such as DE',
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

it('refuses a registration in a country without rates', () => {
  expect(problems({ registrations: ['US'] })).toEqual([
    "registrations: 'US' has no rates: add overrides for it, or remove it",
  ]);
});
