import { CANADA, CANADA_UNDECIDED } from './data/canada.js';
import { EUROPEAN_UNION_AND_UNITED_KINGDOM, EUROPE_UNDECIDED } from './data/europe.js';
import { US_ROWS, US_UNDECIDED } from './data/us.js';
import { WORLD } from './data/world.js';
import type { RateRow } from './rate-row.js';
import type { Undecided } from './undecided.js';

/** Every row that comes with the plugin: each names what says so and when that was read. */
export const SHIPPED_RATES: readonly RateRow[] = [
  ...EUROPEAN_UNION_AND_UNITED_KINGDOM,
  ...WORLD,
  ...CANADA,
  ...US_ROWS,
];

/** Cells that were looked at and have no one rate: they are refused until the merchant decides them by an override. */
export const UNDECIDED_CELLS: readonly Undecided[] = [...EUROPE_UNDECIDED, ...CANADA_UNDECIDED, ...US_UNDECIDED];
