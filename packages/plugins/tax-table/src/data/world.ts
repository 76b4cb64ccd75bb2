import type { RateRow } from '../rate-row.js';
import { rowsOf } from './line.js';
import type { Line } from './line.js';
import { TABLE_START } from './table-start.js';

/** Standard rates of countries with one national tax, outside the European Union and the United Kingdom. */
const STANDARD: readonly Line[] = [
  ['AE', '5/100', TABLE_START, null, 'Federal Decree-Law 8/2017 art. 3; FTA guide VATGEC1'],
  ['AU', '10/100', TABLE_START, null, 'GST Act 1999 s. 9-70; ATO, imported services and digital products'],
  ['CH', '81/1000', TABLE_START, null, 'MWSTG art. 25; FTA, rates as of 2024-01-01'],
  ['IN', '18/100', TABLE_START, null, 'IGST Act s. 5, s. 14 (online services from abroad)'],
  ['IS', '24/100', TABLE_START, null, 'Act 50/1988 art. 14'],
  ['JP', '10/100', TABLE_START, null, 'Consumption Tax Act art. 29, Local Tax Act art. 72-83'],
  ['KR', '10/100', TABLE_START, null, 'VAT Act art. 30, art. 53-2'],
  ['MX', '16/100', TABLE_START, null, 'LIVA art. 1, art. 18-B'],
  ['NO', '25/100', TABLE_START, null, 'Skatteetaten, rates for remotely deliverable services'],
  ['NZ', '15/100', TABLE_START, null, 'GST Act 1985 s. 8; IRD, remote services'],
  ['SG', '9/100', TABLE_START, null, 'GST Act s. 16; IRAS, rate as of 2024-01-01'],
  ['TR', '20/100', TABLE_START, null, 'KDV Law 3065 art. 28, Decree 7346'],
  ['ZA', '15/100', TABLE_START, null, 'VAT Act 89/1991 s. 7; SARS VAT Connect 19 of June 2025'],
];

/** Rates of e-books where a source says that they differ; elsewhere they have the standard rate. */
const E_BOOK: readonly Line[] = [
  ['CH', '26/1000', TABLE_START, null, 'MWSTG art. 25 (2) a bis, as of 2018; rate as of 2024-01-01'],
  ['IN', '5/100', TABLE_START, null, 'Notification 13/2018-CT(R), entry 22: books that are printed too'],
  ['IS', '11/100', TABLE_START, null, 'Act 50/1988 art. 14 (2)'],
  ['NO', '0', TABLE_START, null, 'Skatteetaten, VOEC: e-books and audiobooks, as of 2019-07-01'],
];

const NAMES: Readonly<Record<string, string>> = {
  AE: 'VAT',
  AU: 'GST',
  CH: 'MWST',
  IN: 'IGST',
  IS: 'VSK',
  JP: 'JCT',
  KR: 'VAT',
  MX: 'IVA',
  NO: 'MVA',
  NZ: 'GST',
  SG: 'GST',
  TR: 'KDV',
  ZA: 'VAT',
};

/** Exempt where the service itself is taxed. */
const EXEMPT: readonly Line[] = [
  ['KR', '0', TABLE_START, null, 'VAT Act art. 26; electronic publications of its enforcement rule'],
  ['MX', '0', TABLE_START, null, 'LIVA art. 18-B I: not electronic books, newspapers and periodicals'],
];

/** Thirteen countries with one national tax. */
export const WORLD: readonly RateRow[] = [
  ...rowsOf({ category: '*', lines: STANDARD, names: NAMES }),
  ...rowsOf({ category: 'e_book', lines: E_BOOK, names: NAMES }),
  ...rowsOf({ category: 'e_book', lines: EXEMPT, names: NAMES }).map((row) => ({ ...row, reason: 'exempt' as const })),
];

/** Countries that are left out on purpose, and what the operator is told. */
export const NOT_COVERED: Readonly<Record<string, string>> = {
  BR: 'Brazil taxes digital goods by ISS of the municipality, ICMS of the state and PIS/COFINS, and is replacing them by CBS and IBS until 2033',
};
