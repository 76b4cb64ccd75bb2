import type { Currency, TaxCategory } from '@payonce/plugin-sdk';
import { parseRate } from '@payonce/plugin-sdk';
import { roundedQuotient, wholeUnits } from '../arithmetic.js';
import type { CountryCode } from '../country-codes.js';
import type { Quote, QuotedLine } from '../quote.js';
import type { CartLine } from '../session.js';

/** What a cart would cost: POST /checkouts/preview. */
export interface WirePreview {
  readonly billing_country: CountryCode;
  readonly currency: Currency;
  readonly current_breakup: {
    readonly subtotal: number;
    readonly discount: number;
    readonly tax: number;
    readonly total_amount: number;
  };
  readonly product_cart: WirePreviewLine[];
  readonly total_price: number;
  readonly total_tax: number;
  readonly is_byop: false;
  readonly payment_method_required: boolean;
  readonly next_billing_date: null;
  readonly recurring_breakup: null;
  readonly subscriptions: null;
  readonly trial_amount: null;
  readonly trial_period_days: null;
  readonly tax_id_err_msg: string | null;
  readonly tax_id_format_name: null;
  readonly tax_id_business_name: null;
}

/** One line of a preview. Prices are those of the whole line. */
export interface WirePreviewLine {
  readonly product_id: string;
  readonly name: string;
  readonly description: string | null;
  readonly quantity: number;
  readonly currency: Currency;
  readonly og_currency: Currency;
  readonly og_price: number;
  readonly discounted_price: number;
  readonly discount_amount: null;
  readonly discount_cycle: null;
  readonly tax: number;
  /** Basis points, all taxes of the line together. */
  readonly tax_rate: number;
  readonly tax_category: TaxCategory;
  readonly tax_inclusive: boolean;
  readonly is_subscription: false;
  readonly is_usage_based: false;
  readonly addons: null;
  readonly meters: never[];
  readonly credit_entitlements: never[];
}

/** What it takes to show a quote. */
export interface ShowPreview {
  readonly quote: Quote;
  readonly cart: readonly CartLine[];
  readonly country: CountryCode;
  /** Why the tax id was not taken; null when it was, or when there is none. */
  readonly taxIdProblem: string | null;
}

/** A quote before anything is bought. */
export const toPreview = ({ quote, cart, country, taxIdProblem }: ShowPreview): WirePreview => ({
  billing_country: country,
  currency: quote.currency,
  current_breakup: { subtotal: quote.subtotal, discount: quote.discount, tax: quote.tax, total_amount: quote.total },
  product_cart: cart.flatMap((line) =>
    quote.lines.filter((quoted) => quoted.line === line.id).map((quoted) => toPreviewLine({ quote, line, quoted })),
  ),
  total_price: quote.total,
  total_tax: quote.tax,
  is_byop: false,
  payment_method_required: quote.total > 0,
  next_billing_date: null,
  recurring_breakup: null,
  subscriptions: null,
  trial_amount: null,
  trial_period_days: null,
  tax_id_err_msg: taxIdProblem,
  tax_id_format_name: null,
  tax_id_business_name: null,
});

const toPreviewLine = ({
  quote,
  line,
  quoted,
}: {
  readonly quote: Quote;
  readonly line: CartLine;
  readonly quoted: QuotedLine;
}): WirePreviewLine => ({
  product_id: line.product,
  name: line.name,
  description: line.description,
  quantity: line.quantity,
  currency: quote.currency,
  og_currency: quote.currency,
  og_price: quoted.subtotal,
  discounted_price: quoted.subtotal - quoted.discount,
  discount_amount: null,
  discount_cycle: null,
  tax: quoted.tax,
  tax_rate: basisPoints(quoted),
  tax_category: line.category,
  tax_inclusive: quoted.taxInclusive,
  is_subscription: false,
  is_usage_based: false,
  addons: null,
  meters: [],
  credit_entitlements: [],
});

function basisPoints({ taxes }: QuotedLine): number {
  const rates = taxes.map(({ rate }) => parseRate(rate));
  const divisor = rates.reduce((product, { denominator }) => product * denominator, 1n);
  const dividend = rates.reduce((total, { numerator, denominator }) => total + (numerator * divisor) / denominator, 0n);
  return wholeUnits(roundedQuotient({ dividend: 10_000n * dividend, divisor }));
}
