import type { Currency, Rate, TaxReason } from '@payonce/plugin-sdk';

/** One tax of one line, with its rounded amount. */
export interface QuotedTax {
  readonly name: string;
  readonly jurisdiction: string;
  readonly rate: Rate;
  readonly reason: TaxReason;
  /** Minor units. */
  readonly amount: number;
}

/** One line, priced. `net + tax = total` to the unit. */
export interface QuotedLine {
  /** The cart line's id. */
  readonly line: string;
  readonly product: string;
  readonly quantity: number;
  readonly unitPrice: number;
  /** unitPrice × quantity: tax inside when `taxInclusive`. */
  readonly subtotal: number;
  /** At most the subtotal. */
  readonly discount: number;
  readonly taxInclusive: boolean;
  readonly net: number;
  readonly tax: number;
  readonly total: number;
  readonly taxes: readonly QuotedTax[];
  readonly reason: TaxReason;
}

/** What a cart costs a buyer. `subtotal − discount + the tax of exclusive lines = total`; all in minor units. */
export interface Quote {
  readonly currency: Currency;
  readonly lines: readonly QuotedLine[];
  readonly subtotal: number;
  readonly discount: number;
  readonly tax: number;
  readonly total: number;
  readonly notices: readonly string[];
}
