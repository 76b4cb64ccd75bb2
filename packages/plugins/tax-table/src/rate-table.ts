import type { TaxCategory } from '@payonce/plugin-sdk';
import { grouped } from './grouped.js';
import type { RateRow } from './rate-row.js';

/** Rows in two layers: on the days that the merchant's rows cover, ours of the same country and category say nothing. */
export interface RateLayers {
  readonly shipped: readonly RateRow[];
  readonly overrides: readonly RateRow[];
}

/** Answers which rate applies. */
export interface RateTable {
  /** Whether the table has any row of the jurisdiction. */
  covers(jurisdiction: string): boolean;
  /** The category's own row of that day, or else the standard one; undefined for a day before the first row, and for a category that neither has. */
  rowFor(question: RateQuestion): RateRow | undefined;
  /** Whether there is a row for the question on some other day. */
  knows(question: Pick<RateQuestion, 'jurisdiction' | 'category'>): boolean;
}

export interface RateQuestion {
  readonly jurisdiction: string;
  readonly category: TaxCategory;
  /** As in '2026-11-23'. */
  readonly date: string;
}

export function rateTable({ shipped, overrides }: RateLayers): RateTable {
  const rows = [...overrides, ...shipped];
  const byPair = grouped(rows, pairOf);
  const find = (pair: Pick<RateRow, 'jurisdiction' | 'category'>, date: string) =>
    byPair.get(pairOf(pair))?.find((row) => holds(row, date));
  const countries = new Set(rows.map(({ jurisdiction }) => jurisdiction));
  return {
    covers: (jurisdiction) => countries.has(jurisdiction),
    rowFor: ({ jurisdiction, category, date }) =>
      find({ jurisdiction, category }, date) ?? find({ jurisdiction, category: '*' }, date),
    knows: ({ jurisdiction, category }) =>
      byPair.has(pairOf({ jurisdiction, category })) || byPair.has(pairOf({ jurisdiction, category: '*' })),
  };
}

const holds = ({ from, to }: RateRow, date: string): boolean => from <= date && (to === null || date <= to);
/** Names what at most one row may answer on a day. */
export const pairOf = ({ jurisdiction, category }: Pick<RateRow, 'jurisdiction' | 'category'>): string =>
  `${jurisdiction} ${category}`;
