import { parseRate } from '@payonce/plugin-sdk';
import type { RateRow } from '../rate-row.js';
import type { Undecided } from '../undecided.js';
import { US_STATES } from './regions.js';
import { CHECKED, REGIONS_START } from './table-start.js';
import { US_TAXABILITY } from './us-taxability.js';
import type { Cell } from './us-taxability.js';

/** Sales tax of the states, where what is taxed was confirmed. */
export const US_ROWS: readonly RateRow[] = US_TAXABILITY.flatMap(rowOf);

/** Cells that no rate can be given for, as how the thing is taxed depends on more than its category. */
export const US_UNDECIDED: readonly Undecided[] = US_TAXABILITY.flatMap(([state, category, how, why]) =>
  how === 'depends' ? [{ jurisdiction: `US-${state}`, category, why }] : [],
);

function rowOf([state, category, how, source, share = '1']: Cell): readonly RateRow[] {
  const rate = how === 'exempt' ? '0' : US_STATES[state]?.rate;
  if (how === 'depends' || typeof rate !== 'string') return [];
  return [
    {
      jurisdiction: `US-${state}`,
      category,
      rate: times(rate, share),
      name: 'Sales tax',
      from: REGIONS_START,
      to: null,
      reason: how === 'exempt' ? 'exempt' : 'standard',
      source,
      checked: CHECKED,
    },
  ];
}

/** '625/10000' times '4/5' is '2500/50000'. */
function times(rate: string, share: string): string {
  if (share === '1') return rate;
  const [one, other] = [parseRate(rate), parseRate(share)];
  return `${one.numerator * other.numerator}/${one.denominator * other.denominator}`;
}
