import type { TaxCategory } from '@payonce/plugin-sdk';
import type { RateRow } from './rate-row.js';

/** Rows in two layers: on the days that the merchant's rows cover, ours of the same country and category say nothing. */
export interface RateLayers {
  readonly shipped: readonly RateRow[];
  readonly overrides: readonly RateRow[];
}

/** Answers which rate applies. */
export interface RateTable {
  /** Whether the table knows the country at all. */
  covers(jurisdiction: string): boolean;
  /** The category's own row of that day, or else the standard one; undefined for a day before the country's first row. */
  rowFor(question: RateQuestion): RateRow | undefined;
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
  };
}

/** What keeps rows from being a table, one line each: a day with two rates, or without a standard rate once it has begun. */
export function rowProblems({ shipped, overrides }: RateLayers): readonly string[] {
  const standard = grouped([...overrides, ...shipped], ({ jurisdiction }) => jurisdiction);
  return [
    ...[shipped, overrides].flatMap((layer) => [...grouped(layer, pairOf).values()].flatMap(overlaps)),
    ...[...standard].flatMap(([jurisdiction, rows]) =>
      gaps(
        jurisdiction,
        rows.filter(({ category }) => category === '*'),
      ),
    ),
  ];
}

function overlaps(rows: readonly RateRow[]): readonly string[] {
  return sorted(rows).flatMap((row, index, chain) => {
    const next = chain[index + 1];
    if (next === undefined || (row.to !== null && row.to < next.from)) return [];
    return [
      `${row.jurisdiction} has two rates for '${row.category}' on ${next.from}: end the earlier row before that day`,
    ];
  });
}

function gaps(jurisdiction: string, rows: readonly RateRow[]): readonly string[] {
  const [first, ...rest] = sorted(rows);
  if (first === undefined) return [`${jurisdiction} has no standard rate: add a row with the category '*'`];
  const problems: string[] = [];
  let until = first.to;
  for (const row of rest) {
    if (until !== null && dayAfter(until) < row.from)
      problems.push(
        `${jurisdiction} has no standard rate between ${until} and ${row.from}: add the row for these days`,
      );
    until = later(until, row.to);
  }
  if (until !== null)
    problems.push(`${jurisdiction} has no standard rate after ${until}: add the row that follows, or leave 'to' null`);
  return problems;
}

const holds = ({ from, to }: RateRow, date: string): boolean => from <= date && (to === null || date <= to);
const pairOf = ({ jurisdiction, category }: Pick<RateRow, 'jurisdiction' | 'category'>): string =>
  `${jurisdiction} ${category}`;
const sorted = (rows: readonly RateRow[]): readonly RateRow[] =>
  rows.toSorted((left, right) => (left.from < right.from ? -1 : 1));
const later = (left: string | null, right: string | null): string | null =>
  left === null || right === null ? null : left < right ? right : left;
const dayAfter = (date: string): string => new Date(Date.parse(date) + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}
