import type { RateRow } from '../rate-row.js';
import { CHECKED } from './table-start.js';

/** A rate as the tables write it. */
export type Line = readonly [jurisdiction: string, rate: string, from: string, to: string | null, source: string];

/** Lines of one category as rows; `names` is what the tax is called where it is levied. */
export const rowsOf = ({ category, lines, names }: LinesOf): readonly RateRow[] =>
  lines.map(([jurisdiction, rate, from, to, source]) => ({
    jurisdiction,
    category,
    rate,
    from,
    to,
    source,
    name: names[jurisdiction] ?? 'VAT',
    checked: CHECKED,
  }));

interface LinesOf {
  readonly category: RateRow['category'];
  readonly lines: readonly Line[];
  readonly names: Readonly<Record<string, string>>;
}
