import { PermanentError } from '@payonce/plugin-sdk';
import type { CalculateTax, LineTax, TaxCalculation, TaxCalculator, TaxReason, TaxableLine } from '@payonce/plugin-sdk';
import type { RateRow } from './rate-row.js';
import type { RateTable } from './rate-table.js';
import { isPlausibleTaxId } from './tax-id.js';

/** What the calculator decides by. */
export interface TaxTable {
  readonly rates: RateTable;
  /** Whether the seller collects tax there. */
  isRegistered(jurisdiction: string): boolean;
}

/** How a sale is treated as a whole. */
interface Treatment {
  readonly kind: 'out_of_scope' | 'not_registered' | 'reverse_charge' | 'taxed';
  readonly notices: readonly string[];
}

/** Reads rates from a table. Pure and repeat-safe: the same question always has the same answer. */
export const tableCalculator = (table: TaxTable): TaxCalculator => ({
  id: 'tax-table',
  async calculate(request): Promise<TaxCalculation> {
    const { kind, notices } = treatment(table, request);
    const lines = request.lines.map((line) => ({ line: line.id, ...taxOf({ kind, line, request, table }) }));
    return notices.length > 0 ? { lines, notices } : { lines };
  },
});

function treatment({ rates, isRegistered }: TaxTable, { buyer, seller }: CalculateTax): Treatment {
  const { country } = buyer;
  if (!rates.covers(country)) {
    return {
      kind: 'out_of_scope',
      notices: [`No tax was computed: the tax table has no rates for ${country}. Tax may be due there all the same.`],
    };
  }
  const business = businessSale({ buyer, seller });
  if (business.reverseCharge) return { kind: 'reverse_charge', notices: [] };
  if (!isRegistered(country)) return { kind: 'not_registered', notices: [] };
  return { kind: 'taxed', notices: business.notices };
}

/** Whether the buyer accounts for the tax instead of the seller, or why a tax id that was given changes nothing. */
function businessSale({ buyer, seller }: Pick<CalculateTax, 'buyer' | 'seller'>): {
  readonly reverseCharge: boolean;
  readonly notices: readonly string[];
} {
  const { kind, country, taxId } = buyer;
  const unused = (why: string) => ({ reverseCharge: false, notices: [`The tax id was not used: ${why}.`] });
  if (kind !== 'business' || taxId === undefined || seller.country === country)
    return { reverseCharge: false, notices: [] };
  if (!isPlausibleTaxId({ country, taxId })) return unused(`it does not look like a VAT number of ${country}`);
  if (seller.country === undefined) return unused('the country of the seller is not set');
  return { reverseCharge: true, notices: [] };
}

interface Question {
  readonly kind: Treatment['kind'];
  readonly line: TaxableLine;
  readonly request: CalculateTax;
  readonly table: TaxTable;
}

function taxOf({ kind, line, request, table }: Question): {
  readonly taxes: readonly LineTax[];
  readonly reason: TaxReason;
} {
  if (kind === 'out_of_scope' || kind === 'not_registered') return { taxes: [], reason: kind };
  const row = rowOf({ line, request, table });
  const reason = kind === 'reverse_charge' ? kind : (row.reason ?? (row.category === '*' ? 'standard' : 'reduced'));
  const rate = kind === 'reverse_charge' ? '0' : row.rate;
  return { taxes: [{ name: row.name, rate, jurisdiction: row.jurisdiction, reason }], reason };
}

function rowOf({ line, request, table }: Omit<Question, 'kind'>): RateRow {
  const { buyer, date } = request;
  const row = table.rates.rowFor({ jurisdiction: buyer.country, category: line.category, date });
  if (row) return row;
  throw new PermanentError({
    code: 'tax_date_not_covered',
    message: `the tax table has no rate for ${buyer.country} on ${date}: add a row that covers the day`,
  });
}
