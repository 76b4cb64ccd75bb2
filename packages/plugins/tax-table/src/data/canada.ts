import type { RateRow } from '../rate-row.js';
import type { Undecided } from '../undecided.js';
import { rowsOf } from './line.js';
import type { Line } from './line.js';
import { REGIONS_START, TABLE_START } from './table-start.js';

/** GST where the province does not take part in the harmonized tax, HST where it does. Provincial taxes of their own are below. */
const FEDERAL: readonly Line[] = [
  ['CA', '5/100', TABLE_START, null, 'Excise Tax Act s. 165 (1)'],
  ['CA-NB', '15/100', TABLE_START, null, 'Excise Tax Act s. 165 (2); CRA rates'],
  ['CA-NL', '15/100', TABLE_START, null, 'Excise Tax Act s. 165 (2); CRA rates'],
  ['CA-NS', '15/100', TABLE_START, '2025-03-31', 'Excise Tax Act s. 165 (2); CRA Notice 342'],
  ['CA-NS', '14/100', '2025-04-01', null, 'SOR/2025-77; CRA Notice 342'],
  ['CA-ON', '13/100', TABLE_START, null, 'Excise Tax Act s. 165 (2); CRA rates'],
  ['CA-PE', '15/100', TABLE_START, null, 'Excise Tax Act s. 165 (2); CRA rates'],
  ['CA-QC', '9975/100000', TABLE_START, null, 'Act respecting the QST s. 16; Revenu Québec'],
];

/** The provincial taxes that tell goods apart. What is not here was not confirmed. */
const PROVINCIAL: Readonly<Partial<Record<RateRow['category'], readonly Line[]>>> = {
  saas: [
    ['CA-MB', '7/100', REGIONS_START, null, 'Manitoba Budget 2025; Bulletin RST 003'],
    ['CA-SK', '6/100', REGIONS_START, null, 'PST Act, electronic services as of 2019'],
  ],
  digital_products: [['CA-SK', '6/100', REGIONS_START, null, 'PST Act, electronic services as of 2019']],
};

const EXEMPT_E_BOOKS: readonly Line[] = [
  ['CA-BC', '0', REGIONS_START, null, 'Notice 2012-018, Bulletin PST 107: e-books other than audiobooks'],
];

const NAMES: Readonly<Record<string, string>> = {
  CA: 'GST',
  'CA-BC': 'PST',
  'CA-MB': 'RST',
  'CA-NB': 'HST',
  'CA-NL': 'HST',
  'CA-NS': 'HST',
  'CA-ON': 'HST',
  'CA-PE': 'HST',
  'CA-QC': 'QST',
  'CA-SK': 'PST',
};

/** GST, HST and QST in full, and of PST and RST what was confirmed. */
export const CANADA: readonly RateRow[] = [
  ...rowsOf({ category: '*', lines: FEDERAL, names: NAMES }),
  ...rowsOf({ category: 'saas', lines: PROVINCIAL.saas ?? [], names: NAMES }).map(standard),
  ...rowsOf({ category: 'digital_products', lines: PROVINCIAL.digital_products ?? [], names: NAMES }).map(standard),
  ...rowsOf({ category: 'e_book', lines: EXEMPT_E_BOOKS, names: NAMES }).map((row): RateRow => ({
    ...row,
    reason: 'exempt',
  })),
];

/** Known not to have one answer for the whole category. */
export const CANADA_UNDECIDED: readonly Undecided[] = [
  {
    jurisdiction: 'CA-SK',
    category: 'e_book',
    why: 'Bulletin PST-9 exempts electronic books, the guidance on electronic services of 2019 names them as taxed',
  },
  {
    jurisdiction: 'CA-BC',
    category: 'edtech',
    why: 'PST exempts qualifying educational programs and live lectures, not other video',
  },
];

/** HST is one tax of both governments, collected under the federal registration. */
export const HST_PROVINCES: readonly string[] = ['NB', 'NL', 'NS', 'ON', 'PE'];

/** Provinces whose own tax is collected beside GST, under a registration of its own. */
export const PST_PROVINCES: readonly string[] = ['BC', 'MB', 'QC', 'SK'];

function standard(row: RateRow): RateRow {
  return { ...row, reason: 'standard' };
}
