import { grouped } from './grouped.js';
import type { RateRow } from './rate-row.js';
import { pairOf } from './rate-table.js';
import type { RateLayers } from './rate-table.js';

/**
 * What keeps rows from being a table, one line each: a day with two rates, or a country without a standard rate once it has begun.
 * States and provinces need none: what they don't tax has no row.
 */
export function rowProblems({ shipped, overrides }: RateLayers): readonly string[] {
  const countries = [...overrides, ...shipped].filter(({ jurisdiction }) => !jurisdiction.includes('-'));
  const standard = grouped(countries, ({ jurisdiction }) => jurisdiction);
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

const sorted = (rows: readonly RateRow[]): readonly RateRow[] =>
  rows.toSorted((left, right) => (left.from < right.from ? -1 : 1));
const later = (left: string | null, right: string | null): string | null =>
  left === null || right === null ? null : left < right ? right : left;
const dayAfter = (date: string): string => new Date(Date.parse(date) + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
