import type { Quote, QuotedTax, Session } from '@payonce/engine/domain';
import type { Currency } from '@payonce/plugin-sdk';
import { basisPointsText, minusText, priceText, rateText } from './price-text.js';
import { jurisdictionName } from './places.js';

/** One thing of the cart, as the buyer reads it. */
export interface SummaryLine {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly image: string | null;
  /** '3 × €10.00'; null for a single one. */
  readonly quantity: string | null;
  readonly amount: string;
  /** The price before the product's discount; null without one. */
  readonly was: string | null;
  /** '25% off'; null without a discount. */
  readonly off: string | null;
}

/** A label and an amount below the lines. */
export interface SummaryRow {
  readonly label: string;
  readonly amount: string;
}

/** The order as the buyer reads it. */
export interface Summary {
  readonly lines: readonly SummaryLine[];
  readonly rows: readonly SummaryRow[];
  readonly total: string;
  /** What the live region says after a change: total and tax in one sentence. */
  readonly spoken: string;
  readonly notices: readonly string[];
}

/** How the tax of a quote came about: by the calculator, or not yet. */
export type TaxKnown = { readonly known: true } | { readonly known: false; readonly instead: string };

/** Puts an order into words. */
export function summarize({
  session,
  quote,
  tax,
}: {
  readonly session: Pick<Session, 'lines'>;
  readonly quote: Quote;
  readonly tax: TaxKnown;
}): Summary {
  const { currency, total } = quote;
  const text = (amount: number): string => priceText({ amount, currency });
  const taxes = tax.known ? taxRows(quote) : [{ label: 'Tax', amount: tax.instead }];
  return {
    lines: session.lines.map((line) => summaryLine({ line, quote, text })),
    rows: [
      { label: 'Subtotal', amount: text(quote.subtotal) },
      ...(quote.discount > 0 ? [{ label: 'Discount', amount: minusText({ amount: quote.discount, currency }) }] : []),
      ...taxes,
    ],
    total: text(total),
    spoken: [`Total ${text(total)}`, ...taxes.map(({ label, amount }) => `${label}: ${amount}`)].join('. '),
    notices: quote.notices,
  };
}

function summaryLine({
  line,
  quote,
  text,
}: {
  readonly line: Session['lines'][number];
  readonly quote: Quote;
  readonly text: (amount: number) => string;
}): SummaryLine {
  const priced = quote.lines.find(({ line: id }) => id === line.id);
  const subtotal = priced?.subtotal ?? line.unitPrice * line.quantity;
  const discount = priced?.discount ?? 0;
  return {
    id: line.id,
    name: line.name,
    description: line.description,
    image: line.image,
    quantity: line.quantity === 1 ? null : `${line.quantity} × ${text(line.unitPrice)}`,
    amount: text(subtotal - discount),
    was: discount > 0 ? text(subtotal) : null,
    off: discount > 0 ? `${basisPointsText(line.discountBps)} off` : null,
  };
}

/** One row per tax, named by who levies it; one that says why when there is none. */
function taxRows({ lines, tax, currency }: Quote): readonly SummaryRow[] {
  const groups = new Map<string, TaxGroup>();
  for (const { taxes, taxInclusive } of lines)
    for (const each of taxes) addTo(groups, { tax: each, included: taxInclusive });
  const rows = [...groups.values()].map((group) => taxRow({ group, currency }));
  return rows.length > 0 ? rows : [{ label: withoutTax(lines), amount: priceText({ amount: tax, currency }) }];
}

interface TaxGroup {
  readonly tax: QuotedTax;
  readonly included: boolean;
  readonly amount: number;
}

function addTo(groups: Map<string, TaxGroup>, { tax, included }: Omit<TaxGroup, 'amount'>): void {
  const key = JSON.stringify([tax.name, tax.jurisdiction, tax.rate, tax.reason, included]);
  groups.set(key, { tax, included, amount: (groups.get(key)?.amount ?? 0) + tax.amount });
}

function taxRow({
  group: { tax, included, amount },
  currency,
}: {
  readonly group: TaxGroup;
  readonly currency: Currency;
}): SummaryRow {
  const name = `${tax.name} ${jurisdictionName(tax.jurisdiction)} ${rateText(tax.rate)}`;
  const why = tax.reason === 'reverse_charge' ? ', reverse charge' : included ? ', included' : '';
  return { label: `${name}${why}`, amount: priceText({ amount, currency }) };
}

function withoutTax(lines: Quote['lines']): string {
  const reasons = new Set(lines.map(({ reason }) => reason));
  return reasons.size === 1 && reasons.has('reverse_charge') ? 'Tax, reverse charge' : 'Tax';
}
