import type { Call } from './call.js';
import type { Currency } from './money.js';
import type { Rate } from './rate.js';
import type { TaxCategory } from './tax-category.js';

/** Why a line is taxed the way it is. */
export const TAX_REASONS = [
  'standard',
  'reduced',
  'exempt',
  'reverse_charge',
  'not_registered',
  'out_of_scope',
] as const;

/** One of {@link TAX_REASONS}. */
export type TaxReason = (typeof TAX_REASONS)[number];

/** Who buys, as far as tax asks. */
export interface TaxBuyer {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Subdivision without the country, as in ISO 3166-2: 'CA' of US-CA. */
  readonly state?: string;
  /** As typed: may be anything. */
  readonly postcode?: string;
  /** As typed: may be no tax id at all. */
  readonly taxId?: string;
  /** A business is a buyer that gave a tax id. */
  readonly kind: 'consumer' | 'business';
}

/** Who sells. */
export interface TaxSeller {
  /** bus_… */
  readonly business: string;
  /** ISO 3166-1 alpha-2; absent when the seller has not said. */
  readonly country?: string;
}

/** One thing sold. */
export interface TaxableLine {
  /** Unique within the call; the answer names it. */
  readonly id: string;
  /** pdt_… */
  readonly product: string;
  /** What kind of thing it is for tax law. */
  readonly category: TaxCategory;
  /** Minor units, after discounts; with tax inside when `inclusive`. */
  readonly amount: number;
  /** Whether the price that the buyer reads contains the tax. */
  readonly inclusive: boolean;
}

/** What is asked of a calculator. */
export interface CalculateTax extends Call {
  /** Who sells, from where. */
  readonly seller: TaxSeller;
  /** Who buys, where. Personal data: pass on what is needed, log none of it. */
  readonly buyer: TaxBuyer;
  /** Of all amounts. */
  readonly currency: Currency;
  /** The day whose rates apply, RFC 3339 date ('2026-11-23'). */
  readonly date: string;
  /** 1 to 100. */
  readonly lines: readonly TaxableLine[];
}

/** One tax on one line. The engine multiplies and rounds, once: a calculator answers rates, not amounts. */
export interface LineTax {
  /** What the buyer reads: 'VAT', 'GST', 'MwSt.'. */
  readonly name: string;
  /** A part of one: '19/100' is 19 %. */
  readonly rate: Rate;
  /** Who levies it: 'DE', 'US-CA'. */
  readonly jurisdiction: string;
  /** Why this rate, as the invoice says it. */
  readonly reason: TaxReason;
}

/** The answer: one entry per line asked about, in any order. No taxes on a line means none is due, for the `reason` given. */
export interface TaxCalculation {
  /** One entry per line asked about: `line` is its id, `taxes` at most 10, `reason` why the line is treated so. */
  readonly lines: readonly { readonly line: string; readonly taxes: readonly LineTax[]; readonly reason: TaxReason }[];
  /** Something the operator and the buyer should know, such as a country that is not covered. */
  readonly notices?: readonly string[];
}

/** What is recorded at, or withdrawn from, an outside calculator. */
export interface TaxRecord extends Call {
  /** pay_…, one record each. */
  readonly payment: string;
}

/** Supplies tax rates. */
export interface TaxCalculator {
  /** Unique among tax calculators, small letters, digits and hyphens: 'tax-table'. Routes name it. */
  readonly id: string;
  /**
   * Called for the live page, for previews and for the tax of a charge: often, and more than once for the same sale. Must not write.
   * A throw before the charge stops that attempt only; nothing is charged.
   */
  calculate(request: CalculateTax): Promise<TaxCalculation>;
  /** Called once money moved, at least once per payment, for calculators that keep a tax of record. A throw parks the tax, never the goods. */
  commit?(request: TaxRecord): Promise<void>;
  /** Called at least once when a committed payment is refunded in full. A throw is tried again, and then parked; the refund does not wait for it. */
  void?(request: TaxRecord): Promise<void>;
}
