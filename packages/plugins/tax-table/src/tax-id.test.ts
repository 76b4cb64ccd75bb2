import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BUSINESSES } from './data/businesses.js';
import { TAX_IDS } from './data/tax-ids.js';
import { isPlausibleTaxId } from './tax-id.js';

/** One number with the right check digits per country. */
const NUMBERS: Readonly<Record<string, string>> = {
  AT: 'ATU13585627',
  AU: '51 824 753 556',
  BE: 'BE0403019261',
  BG: 'BG175074752',
  CA: '123026635RT0001',
  CH: 'CHE-107.787.577 MWST',
  CY: 'CY10259033P',
  CZ: 'CZ25123891',
  DE: 'DE136695976',
  DK: 'DK13585628',
  EE: 'EE100931558',
  ES: 'ESB58378431',
  FI: 'FI20774740',
  FR: 'FR40303265045',
  GB: 'GB980780684',
  GR: 'EL094259216',
  HR: 'HR33392005961',
  HU: 'HU12892312',
  IE: 'IE6433435F',
  IN: '27AAPFU0939F1ZV',
  IS: '00621',
  IT: 'IT00743110157',
  JP: '5-8356-7825-6246',
  KR: '116-82-00276',
  LT: 'LT119511515',
  LU: 'LU15027442',
  LV: 'LV40003521600',
  MT: 'MT11679112',
  MX: 'GODE561231GR8',
  NL: 'NL004495445B01',
  NO: 'NO995525828MVA',
  NZ: '49-098-576',
  PL: 'PL8567346215',
  PT: 'PT501964843',
  RO: 'RO18547290',
  SE: 'SE123456789701',
  SG: '00192200M',
  SI: 'SI50223054',
  SK: 'SK2022749619',
  TR: '4540536920',
  ZA: '4340124543',
};

const prefixed = Object.keys(TAX_IDS).filter((country) => TAX_IDS[country]?.prefixes !== undefined);

it('can check a number of every country whose businesses may account for the tax themselves, but the Emirates', () => {
  const leaving = Object.keys(BUSINESSES).filter((country) => BUSINESSES[country]?.rule !== 'charged');
  expect(leaving.filter((country) => !Object.hasOwn(TAX_IDS, country))).toEqual(['AE']);
});

it.each(Object.keys(TAX_IDS))('takes a number of %s', (country) => {
  expect(isPlausibleTaxId({ country, taxId: NUMBERS[country] ?? '' })).toBe(true);
});

it.each(prefixed)('takes the number of %s for that of no other member state', (country) => {
  const taxId = NUMBERS[country] ?? '';
  expect(prefixed.filter((other) => isPlausibleTaxId({ country: other, taxId }))).toEqual([country]);
});

it.each(['AT', 'BE', 'DE', 'DK', 'FR', 'GB', 'IT', 'PL', 'AU', 'NO', 'CH', 'IN', 'NZ', 'KR'])(
  'sees when one digit of a number of %s is wrong',
  (country) => {
    const taxId = NUMBERS[country] ?? '';
    const digits = [...taxId].flatMap((letter, index) => (/\d/.test(letter) ? [index] : []));
    const spoilt = digits.map((at) => taxId.slice(0, at) + ((Number(taxId[at]) + 1) % 10) + taxId.slice(at + 1));
    const taken = spoilt.filter((one) => isPlausibleTaxId({ country, taxId: one }));
    expect(taken.length).toBeLessThan(spoilt.length / 3);
  },
);

it.each(['de 136 695 976', 'DE-136.695.976'])('does not mind how %j is written', (taxId) => {
  expect(isPlausibleTaxId({ country: 'DE', taxId })).toBe(true);
});

it('takes a British number as traders in Northern Ireland write it', () => {
  expect(isPlausibleTaxId({ country: 'GB', taxId: 'XI980780684' })).toBe(true);
});

it.each(['', '136695976', 'DE136695977', 'DE13669597', 'GR094259216', '${jndi}', 'DE'.repeat(50_000)])(
  'takes %j for no number of Germany or Greece',
  (taxId) => {
    expect(['DE', 'GR'].filter((country) => isPlausibleTaxId({ country, taxId }))).toEqual([]);
  },
);

it('answers for any text and any country without a crash', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(TAX_IDS), 'ZZ', '__proto__', ''), fc.string(), (country, taxId) => {
      expect(typeof isPlausibleTaxId({ country, taxId })).toBe('boolean');
    }),
    { numRuns: 5_000 },
  );
});
