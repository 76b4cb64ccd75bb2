import { PermanentError } from '@payonce/plugin-sdk';
import type { CalculateTax, LineTax, TaxCalculation, TaxCalculator, TaxReason, TaxableLine } from '@payonce/plugin-sdk';
import { businessSale } from './business-sale.js';
import type { BusinessRule } from './data/businesses.js';
import { US_TERRITORIES } from './data/regions.js';
import { NOT_COVERED } from './data/world.js';
import { leviesAt } from './levies.js';
import type { Levy } from './levies.js';
import { placeOf } from './place.js';
import type { Place } from './place.js';
import type { RateRow } from './rate-row.js';
import type { RateTable } from './rate-table.js';
import type { Registrations } from './registrations.js';
import type { Undecided } from './undecided.js';

/** What the calculator decides by. */
export interface TaxTable {
  readonly rates: RateTable;
  readonly undecided: readonly Undecided[];
  readonly registrations: Registrations;
  readonly businesses: Readonly<Record<string, BusinessRule>>;
}

/** How a sale is treated as a whole: no tax for a reason, or the levies that apply, of which the buyer may account for the national one. */
type Treatment =
  | { readonly kind: 'out_of_scope' | 'not_registered'; readonly notices: readonly string[] }
  | {
      readonly kind: 'taxed';
      readonly levies: readonly Levy[];
      readonly reverseCharge: boolean;
      readonly notices: readonly string[];
    };

/** Reads rates from a table. Pure and repeat-safe: the same question always has the same answer. */
export const tableCalculator = (table: TaxTable): TaxCalculator => ({
  id: 'tax-table',
  async calculate(request): Promise<TaxCalculation> {
    const place = placeOf(request.buyer);
    const treatment = treat({ table, request, place });
    const lines = request.lines.map((line) => ({ line: line.id, ...taxOf({ treatment, line, request, table }) }));
    const partial =
      place.country === 'US' && lines.some(({ taxes }) => taxes.some(({ reason }) => reason !== 'exempt'));
    const notices = partial ? [...treatment.notices, STATE_ONLY] : treatment.notices;
    return notices.length > 0 ? { lines, notices } : { lines };
  },
});

const STATE_ONLY = 'Sales tax of the state only: what counties, cities and districts add is not included.';

interface Sale {
  readonly table: TaxTable;
  readonly request: CalculateTax;
  readonly place: Place;
}

function treat(sale: Sale): Treatment {
  const { table, request, place } = sale;
  const unknown = notCovered(sale);
  if (unknown !== undefined) return { kind: 'out_of_scope', notices: [unknown] };
  const levies = leviesAt(place);
  if (levies === undefined) return withoutRegion(sale);
  if (levies.length === 0) return { kind: 'out_of_scope', notices: [] };
  const collected = levies.filter((levy) => table.registrations.collects(levy));
  const registered = collected.some(({ national }) => national);
  const business = businessSale({ request, place, registered, rules: rulesOf(table) });
  const due = levies.filter((levy) => (business.reverseCharge && levy.national) || collected.includes(levy));
  if (due.length === 0) return { kind: 'not_registered', notices: [] };
  return { kind: 'taxed', levies: due, ...business };
}

/** A seller who registered in Canada the simplified way charges no business that is registered itself. */
const rulesOf = ({ businesses, registrations }: TaxTable): Readonly<Record<string, BusinessRule>> =>
  registrations.simplifiedInCanada ? { CA: 'reverse_charge', ...businesses } : businesses;

function notCovered({ table, place }: Sale): string | undefined {
  const { country, outside = territoryOf(place) } = place;
  const due = 'Tax may be due there all the same.';
  if (outside !== undefined) return `No tax was computed: the tax table does not cover ${outside}. ${due}`;
  if (country === 'US' || table.rates.covers(country)) return undefined;
  const why = Object.hasOwn(NOT_COVERED, country) ? ` (${NOT_COVERED[country]})` : '';
  return `No tax was computed: the tax table has no rates for ${country}${why}. ${due}`;
}

/** The islands have taxes of their own, which no state's rows say. */
const territoryOf = ({ country, region = '' }: Place): string | undefined =>
  country === 'US' && Object.hasOwn(US_TERRITORIES, region) ? US_TERRITORIES[region] : undefined;

function withoutRegion({ table, place }: Sale): Treatment {
  const { country } = place;
  if (!table.registrations.anyIn(country)) return { kind: 'not_registered', notices: [] };
  throw new PermanentError({
    code: 'tax_region_missing',
    message: `the address names no state or province of ${country}, and its tax depends on it: ask for the state or the postcode`,
  });
}

interface Question {
  readonly treatment: Treatment;
  readonly line: TaxableLine;
  readonly request: CalculateTax;
  readonly table: TaxTable;
}

interface LineAnswer {
  readonly taxes: readonly LineTax[];
  readonly reason: TaxReason;
}

function taxOf({ treatment, line, request, table }: Question): LineAnswer {
  if (treatment.kind !== 'taxed') return { taxes: [], reason: treatment.kind };
  const taxes = treatment.levies.map((levy): LineTax => {
    const { name, rate, category, reason: given } = rowOf({ levy, line, request, table });
    const { jurisdiction } = levy;
    if (treatment.reverseCharge && levy.national) return { name, rate: '0', jurisdiction, reason: 'reverse_charge' };
    return { name, rate, jurisdiction, reason: given ?? (category === '*' ? 'standard' : 'reduced') };
  });
  return { taxes, reason: (taxes.find(({ reason }) => CHARGED.includes(reason)) ?? taxes[0])?.reason ?? 'exempt' };
}

const CHARGED: readonly TaxReason[] = ['standard', 'reduced'];

function rowOf({ levy, line, request, table }: Omit<Question, 'treatment'> & { readonly levy: Levy }): RateRow {
  const cell = { jurisdiction: levy.jurisdiction, category: line.category };
  const row = table.rates.rowFor({ ...cell, date: request.date });
  if (row && (row.category !== '*' || undecidedAt(cell, table) === undefined)) return row;
  throw !row && table.rates.knows(cell) ? dateNotCovered(cell, request.date) : unverified(cell, table);
}

type Cell = Pick<Undecided, 'jurisdiction' | 'category'>;

const dateNotCovered = ({ jurisdiction }: Cell, date: string): PermanentError =>
  new PermanentError({
    code: 'tax_date_not_covered',
    message: `the tax table has no rate for ${jurisdiction} on ${date}: add a row that covers the day`,
  });

const undecidedAt = ({ jurisdiction, category }: Cell, { undecided }: TaxTable): Undecided | undefined =>
  undecided.find((one) => one.jurisdiction === jurisdiction && one.category === category);

function unverified({ jurisdiction, category }: Cell, table: TaxTable): PermanentError {
  const looked = undecidedAt({ jurisdiction, category }, table);
  const why = looked ? `is not decided by its category: ${looked.why}` : 'was not verified';
  return new PermanentError({
    code: 'tax_rate_unverified',
    message: `how ${jurisdiction} taxes '${category}' ${why}. Decide it by a row in 'overrides': { jurisdiction: '${jurisdiction}', category: '${category}', rate, … }`,
  });
}
