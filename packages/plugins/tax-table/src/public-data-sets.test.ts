import { createRequire } from 'node:module';
import { expect, it } from '@jest/globals';
import { parseRate } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { US_STATES } from './data/regions.js';
import { rateTable } from './rate-table.js';
import { SHIPPED_RATES } from './shipped-rates.js';

const require = createRequire(import.meta.url);

/** The npm package sales-tax (MIT), version 2.23: standard rates, and what the regions of Canada and the US add. Read in this test alone. */
const region = z.object({ rate: z.number() });
const country = region.extend({ states: z.record(z.string(), region).optional() });
const published = z.record(z.string(), country).parse(require('sales-tax/res/sales_tax_rates.json'));

const TODAY = '2026-11-23';
const table = rateTable({ shipped: SHIPPED_RATES, overrides: [] });

/** As the data set writes it: a number with the errors of binary fractions. */
const asNumber = (rate: string): number => {
  const { numerator, denominator } = parseRate(rate);
  return Math.round((Number(numerator) / Number(denominator)) * 1e6) / 1e6;
};

const ours = (jurisdiction: string): number | undefined => {
  const row = table.rowFor({ jurisdiction, category: 'live_tutoring', date: TODAY });
  return row && asNumber(row.rate);
};

const COUNTRIES = [...new Set(SHIPPED_RATES.map(({ jurisdiction }) => jurisdiction).filter((one) => one.length === 2))];

it('agrees with the data set on the standard rate of every country of the table', () => {
  const differing = COUNTRIES.filter((code) => ours(code) !== published[code]?.rate);
  expect(differing).toEqual([]);
});

it('agrees with the data set on what the provinces of Canada add', () => {
  const federal = published['CA']?.rate ?? 0;
  const ownTax = (province: string) => ours(`CA-${province}`);
  const harmonized = ['NB', 'NL', 'NS', 'ON', 'PE'];
  const theirs = (province: string) => published['CA']?.states?.[province]?.rate ?? 0;
  for (const province of harmonized) expect(ownTax(province)).toBeCloseTo(federal + theirs(province), 6);
  expect(ownTax('QC')).toBeCloseTo(theirs('QC'), 6);
});

/** Where we differ on purpose: the data set is behind the law, leaves out what the whole state levies, or adds what parts of it levy. */
const KNOWN: Readonly<Record<string, string>> = {
  'AR 65/1000 0.06': 'the data set is behind: 6.5 % since 2013',
  'AZ 56/1000 0.066': 'the data set is behind: the temporary percent of 2010 ended in 2013',
  'CA 725/10000 0.0825': 'the data set is behind: 7.25 % statewide since 2017',
  'CT 635/10000 0.06': 'the data set is behind: 6.35 % since 2011',
  'LA 5/100 0.04': 'the data set is behind: 5 % since 2025 (HB 10)',
  'ME 55/1000 0.05': 'the data set is behind: 5.5 % since 2013',
  'NC 475/10000 0.0575': 'the data set is behind: the temporary percent ended in 2011',
  'NJ 6625/100000 0.07': 'the data set is behind: 6.625 % since 2018',
  'NM 4875/100000 0.05': 'the data set is behind: 4.875 % since July 2023',
  'OH 575/10000 0.055': 'the data set is behind: 5.75 % since 2013',
  'SD 42/1000 0.04': 'the data set is behind: 4.2 % since July 2023',
  'UT 61/1000 0.0595': 'the data set is behind; we count what all of the state levies',
  'VA 53/1000 0.05': 'the data set is behind: 5.3 % statewide since 2013',
};

it('agrees with the data set on the rates of states, but for differences that are known', () => {
  const states = published['US']?.states ?? {};
  const differing = Object.entries(US_STATES)
    .filter(
      ([code, { rate }]) => rate !== undefined && (rate === null ? 0 : asNumber(rate)) !== (states[code]?.rate ?? 0),
    )
    .map(([code, { rate }]) => `${code} ${rate ?? 'none'} ${states[code]?.rate}`);
  expect(differing).toEqual(Object.keys(KNOWN));
});
