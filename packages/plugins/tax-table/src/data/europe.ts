import { rowsOf } from './line.js';
import type { Line } from './line.js';
import type { RateRow } from '../rate-row.js';
import type { Undecided } from '../undecided.js';
import { TABLE_START } from './table-start.js';

/** The European Commission's database of taxes in Europe. */
const TEDB = 'EC TEDB';

/** Standard rates: the law of each country, as TEDB lists it. Compared with two public copies of it, of 2026-09-29 and 2026-10-04. */
const STANDARD: readonly Line[] = [
  ['AT', '20/100', TABLE_START, null, TEDB],
  ['BE', '21/100', TABLE_START, null, TEDB],
  ['BG', '20/100', TABLE_START, null, TEDB],
  ['CY', '19/100', TABLE_START, null, TEDB],
  ['CZ', '21/100', TABLE_START, null, TEDB],
  ['DE', '19/100', TABLE_START, null, TEDB],
  ['DK', '25/100', TABLE_START, null, TEDB],
  ['EE', '22/100', TABLE_START, '2025-06-30', TEDB],
  ['EE', '24/100', '2025-07-01', null, TEDB],
  ['ES', '21/100', TABLE_START, null, TEDB],
  ['FI', '24/100', TABLE_START, '2024-08-31', TEDB],
  ['FI', '255/1000', '2024-09-01', null, TEDB],
  ['FR', '20/100', TABLE_START, null, TEDB],
  ['GB', '20/100', TABLE_START, null, 'VATA 1994 s. 2'],
  ['GR', '24/100', TABLE_START, null, TEDB],
  ['HR', '25/100', TABLE_START, null, TEDB],
  ['HU', '27/100', TABLE_START, null, TEDB],
  ['IE', '23/100', TABLE_START, null, TEDB],
  ['IT', '22/100', TABLE_START, null, TEDB],
  ['LT', '21/100', TABLE_START, null, TEDB],
  ['LU', '17/100', TABLE_START, null, TEDB],
  ['LV', '21/100', TABLE_START, null, TEDB],
  ['MT', '18/100', TABLE_START, null, TEDB],
  ['NL', '21/100', TABLE_START, null, TEDB],
  ['PL', '23/100', TABLE_START, null, TEDB],
  ['PT', '23/100', TABLE_START, null, TEDB],
  ['RO', '19/100', TABLE_START, '2025-07-31', TEDB],
  ['RO', '21/100', '2025-08-01', null, TEDB],
  ['SE', '25/100', TABLE_START, null, TEDB],
  ['SI', '22/100', TABLE_START, null, TEDB],
  ['SK', '20/100', TABLE_START, '2024-12-31', TEDB],
  ['SK', '23/100', '2025-01-01', null, TEDB],
];

/**
 * Rates of e-books, where they differ from the standard rate. Each country has its own conditions (an ISBN in Italy, mostly text and no advertising everywhere, the
 * language in Latvia since 2026); audiobooks are often standard. Hungary has no rate of its own here; Denmark is undecided, below. Compared with what authorities and tax publishers
 * announced of each change.
 */
const E_BOOK: readonly Line[] = [
  ['AT', '10/100', TABLE_START, null, 'UStG 1994 § 10 (2)'],
  ['BE', '6/100', TABLE_START, null, 'Royal Decree no. 20, as of 2019-04-01'],
  ['BG', '9/100', TABLE_START, null, 'ZDDS art. 66a'],
  ['CY', '3/100', TABLE_START, null, 'Law 95(I)/2000, as of 2023-07-21'],
  ['CZ', '0', TABLE_START, null, 'Act 235/2004, as of 2024-01-01: books are exempt with deduction'],
  ['DE', '7/100', TABLE_START, null, 'UStG § 12 (2) no. 14'],
  ['EE', '9/100', TABLE_START, null, 'KMS § 15 (2), as of 2020-05-01'],
  ['ES', '4/100', TABLE_START, null, 'Ley 37/1992 art. 91, RDL 15/2020'],
  ['FI', '10/100', TABLE_START, '2024-12-31', 'AVL 1501/1993 § 85a'],
  ['FI', '14/100', '2025-01-01', '2025-12-31', 'AVL 1501/1993 § 85'],
  ['FI', '135/1000', '2026-01-01', null, 'AVL 1501/1993 § 85'],
  ['FR', '55/1000', TABLE_START, null, 'CGI art. 278-0 bis A'],
  ['GB', '0', TABLE_START, null, 'VATA 1994 sch. 8 group 3 item 7, VAT Notice 701/10'],
  ['GR', '6/100', TABLE_START, null, 'VAT Code, as of 2021-07-01'],
  ['HR', '5/100', TABLE_START, null, 'ZPDV art. 38 (2)'],
  ['IE', '0', TABLE_START, null, 'VATCA 2010 sch. 2, as of 2024-01-01'],
  ['IT', '4/100', TABLE_START, null, 'DPR 633/1972 tab. A part II no. 18, Law 190/2014: with ISBN'],
  ['LT', '9/100', TABLE_START, '2025-12-31', 'PVM Law art. 19 (3)'],
  ['LT', '5/100', '2026-01-01', null, 'Law XV-287'],
  ['LU', '3/100', TABLE_START, null, 'VAT Law of 12 February 1979 annex B'],
  ['LV', '5/100', TABLE_START, null, 'PVN Law s. 42: since 2026 in the languages that it lists'],
  ['MT', '5/100', TABLE_START, null, 'VAT Act, cap. 406, sch. 8'],
  ['NL', '9/100', TABLE_START, null, 'Wet OB 1968 table I'],
  ['PL', '5/100', TABLE_START, null, 'VAT Act of 11 March 2004 annex 10'],
  ['PT', '6/100', TABLE_START, null, 'CIVA list I, mainland'],
  ['RO', '5/100', TABLE_START, '2025-07-31', 'Law 227/2015 art. 291 (3)'],
  ['RO', '11/100', '2025-08-01', null, 'Law 141/2025'],
  ['SE', '6/100', TABLE_START, null, 'ML 2023:200 ch. 9'],
  ['SI', '5/100', TABLE_START, null, 'ZDDV-1 annex IV'],
  ['SK', '5/100', '2025-01-01', null, 'Act 222/2004 § 27 (2)'],
];

/** What the tax is called where it is levied. */
const NAMES: Readonly<Record<string, string>> = {
  AT: 'USt',
  BE: 'BTW/TVA',
  BG: 'ДДС',
  CY: 'ΦΠΑ',
  CZ: 'DPH',
  DE: 'MwSt.',
  DK: 'moms',
  EE: 'km',
  ES: 'IVA',
  FI: 'ALV',
  FR: 'TVA',
  GB: 'VAT',
  GR: 'ΦΠΑ',
  HR: 'PDV',
  HU: 'ÁFA',
  IE: 'VAT',
  IT: 'IVA',
  LT: 'PVM',
  LU: 'TVA',
  LV: 'PVN',
  MT: 'VAT',
  NL: 'btw',
  PL: 'VAT',
  PT: 'IVA',
  RO: 'TVA',
  SE: 'moms',
  SI: 'DDV',
  SK: 'DPH',
};

/** Where no source could be found that says what holds now. */
export const EUROPE_UNDECIDED: readonly Undecided[] = [
  {
    jurisdiction: 'DK',
    category: 'e_book',
    why: 'the government announced in August 2025 to end the VAT of 25 % on books in 2026; whether and since when it has ended was not confirmed',
  },
];

/** VAT of the 27 member states of the European Union and of the United Kingdom. */
export const EUROPEAN_UNION_AND_UNITED_KINGDOM: readonly RateRow[] = [
  ...rowsOf({ category: '*', lines: STANDARD, names: NAMES }),
  ...rowsOf({ category: 'e_book', lines: E_BOOK, names: NAMES }),
];
