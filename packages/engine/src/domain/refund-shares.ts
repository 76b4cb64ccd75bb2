import { allocate, roundedQuotient, sum, wholeUnits } from './arithmetic.js';
import type { Amount } from './purchase-state.js';
import type { Quote } from './quote.js';
import type { Refund, RefundedLine } from './refund.js';

/** What was paid: the frozen quote, and what the processor really captured for it. */
export interface Paid {
  readonly quote: Quote;
  readonly captured: Amount;
}

/** A payment's money, as refund rules see it. */
export interface Refundable {
  readonly paid: Paid;
  /** All refunds so far. Failed ones count nothing, pending ones as much as succeeded ones. */
  readonly refunds: readonly Refund[];
}

/** The line of a refund that carries what was captured beyond the quote. No cart line has this id. */
export const EXCESS_LINE = 'excess';

/** What one line brought in, and what of it can still go back. Minor units, tax inside. */
export interface RefundShare {
  readonly line: string;
  readonly product: string;
  readonly paid: number;
  readonly tax: number;
  /** Paid, less refunds that succeeded or are pending. */
  readonly left: number;
  /** The part of `left` that is tax. */
  readonly taxLeft: number;
  /** The part of the refunds that is tax. */
  readonly taxRefunded: number;
}

/** What refunds of a payment may take, line by line in cart order, the excess last. The shares add up to what was captured. */
export function refundShares({ paid, refunds }: Refundable): readonly RefundShare[] {
  const reserved = refundedByLine(refunds.filter(({ status }) => status !== 'failed'));
  return [...paidLines(paid), ...excess(paid)].map((line) => {
    const gone = reserved.get(line.line) ?? { amount: 0, tax: 0 };
    const left = Math.max(0, line.paid - gone.amount);
    return { ...line, left, taxLeft: Math.min(left, Math.max(0, line.tax - gone.tax)), taxRefunded: gone.tax };
  });
}

/** What can still go back of the whole payment. */
export function refundableTotal({ paid, refunds }: Refundable): number {
  const reserved = refunds.filter(({ status }) => status !== 'failed').map(({ amount }) => amount);
  return Math.max(0, paid.captured.amount - sum(reserved));
}

/** What of a share can still go back before tax. */
export const netLeft = ({ left, taxLeft }: RefundShare): number => left - taxLeft;

/**
 * The tax inside the next refund of a share: rounded over everything refunded so far, less what was refunded already, so that the last refund closes to the unit. The
 * limits matter once refunds fail and release what they held: without them the difference turns negative, or grows over the amount.
 */
export function refundTax({ share, amount }: { readonly share: RefundShare; readonly amount: number }): number {
  const due = part({ amount: share.tax, of: share.paid - share.left + amount, whole: share.paid });
  return Math.max(0, Math.min(due - share.taxRefunded, amount, share.taxLeft));
}

/** The tax on top of the next net refund of a share: the same rounding, seen from the net side. The net amount is at least 1 and at most {@link netLeft}. */
export function taxOnNetRefund({ share, net }: { readonly share: RefundShare; readonly net: number }): number {
  const netPaid = share.paid - share.tax;
  const due = part({ amount: share.tax, of: netPaid - netLeft(share) + net, whole: netPaid });
  return Math.max(0, Math.min(due - share.taxRefunded, share.taxLeft));
}

/** Amount and tax that went to each line over some refunds. */
export function refundedByLine(
  refunds: readonly Refund[],
): ReadonlyMap<string, { readonly amount: number; readonly tax: number }> {
  const byLine = new Map<string, { amount: number; tax: number }>();
  for (const { line, amount, tax } of refunds.flatMap((refund): readonly RefundedLine[] => refund.lines)) {
    const before = byLine.get(line) ?? { amount: 0, tax: 0 };
    byLine.set(line, { amount: before.amount + amount, tax: before.tax + tax });
  }
  return byLine;
}

interface Part {
  readonly amount: number;
  readonly of: number;
  readonly whole: number;
}

/** `amount × of / whole`, rounded half-up. */
const part = ({ amount, of, whole }: Part): number =>
  wholeUnits(roundedQuotient({ dividend: BigInt(amount) * BigInt(of), divisor: BigInt(whole) }));

type PaidLine = Pick<RefundShare, 'line' | 'product' | 'paid' | 'tax'>;

/** The lines as quoted. A capture that was accepted although it was too small, or in another currency, is spread over them in proportion. */
function paidLines({ quote, captured }: Paid): readonly PaidLine[] {
  const asQuoted = quote.lines.map(({ line, product, total, tax }) => ({ line, product, paid: total, tax }));
  if (captured.currency === quote.currency && captured.amount >= quote.total) return asQuoted;
  const paid = allocate({ amount: captured.amount, weights: quote.lines.map(({ total }) => total) });
  return asQuoted.map((line, index) => scaled({ line, paid: paid[index] ?? 0 }));
}

function scaled({ line, paid }: { readonly line: PaidLine; readonly paid: number }): PaidLine {
  return line.paid === 0 ? line : { ...line, paid, tax: part({ amount: line.tax, of: paid, whole: line.paid }) };
}

function excess({ quote, captured }: Paid): readonly PaidLine[] {
  const amount = captured.currency === quote.currency ? captured.amount - quote.total : 0;
  return amount > 0 ? [{ line: EXCESS_LINE, product: quote.lines[0]?.product ?? '', paid: amount, tax: 0 }] : [];
}
