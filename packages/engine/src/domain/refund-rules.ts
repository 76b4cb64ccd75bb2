import { allocate, sum } from './arithmetic.js';
import { DomainError } from './domain-error.js';
import { EXCESS_LINE, netLeft, refundShares, refundTax, refundableTotal, taxOnNetRefund } from './refund-shares.js';
import type { Paid, RefundShare, Refundable } from './refund-shares.js';
import type { RefundedLine } from './refund.js';

/** One line of a refund request. */
export interface RefundItem {
  /** The product id, the wire's item_id: all cart lines of that product together. */
  readonly product: string;
  /** Minor units, at least 1; null for everything that is left of the product. */
  readonly amount: number | null;
  /** Whether the tax is inside `amount`; otherwise it goes on top. */
  readonly taxInclusive: boolean;
}

/** What a caller asks to be refunded: some products, or with null everything that is left. */
export interface RefundRequest {
  readonly items: readonly RefundItem[] | null;
}

/** Asks which lines give what. */
export interface PlanRefund extends Refundable {
  readonly request: RefundRequest;
}

/** Asks for an amount of no lines in particular. */
export interface SpreadRefund extends Refundable {
  /** Minor units, tax inside. */
  readonly amount: number;
}

/**
 * What goes back of which line, for a refund that fits beside the ones there are: per line and in total never more than was paid. Pure, so a conditional update may call
 * it again after losing a race. An excess capture is refunded by a full refund only, on a line of its own ({@link EXCESS_LINE}) without tax.
 * Throws the DomainError of the first rule that is broken.
 */
export function planRefund({ paid, refunds, request }: PlanRefund): readonly RefundedLine[] {
  const left = refundableTotal({ paid, refunds });
  checkAnythingLeft({ paid, left });
  if (request.items === null) return spreadRefund({ paid, refunds, amount: left });
  checkItems(request.items);
  const shares = refundShares({ paid, refunds });
  const lines = request.items.flatMap((item) => refundItem({ item, shares }));
  checkTotal({ amount: sum(lines.map(({ amount }) => amount)), left });
  return lines;
}

/**
 * Spreads an amount over what is left of the lines, in proportion: for refunds that name no lines, such as those made at the processor. All that is left closes every
 * line. Throws REFUND_AMOUNT_EXCEEDS_PAID_AMOUNT when it is more than that.
 */
export function spreadRefund({ paid, refunds, amount }: SpreadRefund): readonly RefundedLine[] {
  checkTotal({ amount, left: refundableTotal({ paid, refunds }) });
  const shares = refundShares({ paid, refunds });
  return taken({ amount, shares, of: ({ left }) => left }).map(refundedLine);
}

function checkAnythingLeft({ paid, left }: { readonly paid: Paid; readonly left: number }): void {
  if (paid.captured.amount === 0) throw new DomainError('PAYMENT_NOT_REFUNDABLE', 'nothing was paid');
  if (left === 0) throw new DomainError('PAYMENT_ALREADY_REFUNDED', 'all that was paid is refunded, or about to be');
}

function checkItems(items: readonly RefundItem[]): void {
  if (items.length === 0) {
    throw new DomainError('INVALID_REQUEST_BODY', 'items is empty: leave it out to refund everything');
  }
  const products = items.map(({ product }) => product);
  const twice = products.find((product, index) => products.indexOf(product) < index);
  if (twice !== undefined) {
    throw new DomainError('DUPLICATE_LINE_ITEMS_IN_REQUEST', `item ${twice} is named more than once: name it once`);
  }
  const bad = items.find(({ amount }) => amount !== null && !(Number.isSafeInteger(amount) && amount >= 1));
  if (bad) {
    throw new DomainError(
      'INVALID_REQUEST_BODY',
      `the amount of item ${bad.product} must be a whole number, 1 or more`,
    );
  }
}

interface ItemOfShares {
  readonly item: RefundItem;
  readonly shares: readonly RefundShare[];
}

function refundItem({ item, shares }: ItemOfShares): readonly RefundedLine[] {
  const own = shares.filter(({ line, product }) => product === item.product && line !== EXCESS_LINE);
  if (own.length === 0) throw new DomainError('LINE_ITEM_NOT_FOUND', `this payment has no line item ${item.product}`);
  const onTop = item.amount !== null && !item.taxInclusive;
  const of = onTop ? netLeft : ({ left }: RefundShare) => left;
  const left = sum(own.map(of));
  const amount = item.amount ?? left;
  if (left === 0 || amount > left) {
    const what = `${left} minor units ${onTop ? 'before tax' : 'with tax'}`;
    throw new DomainError('LINE_ITEM_REFUND_AMOUNT_TOO_HIGH', `of item ${item.product} only ${what} can be refunded`);
  }
  return taken({ amount, shares: own, of }).map(onTop ? netRefundedLine : refundedLine);
}

/** An amount to take from shares, in proportion to what `of` says that each has left. */
interface Take {
  readonly amount: number;
  readonly shares: readonly RefundShare[];
  readonly of: (share: RefundShare) => number;
}

interface Taken {
  readonly share: RefundShare;
  /** At least 1. */
  readonly amount: number;
}

/** What each share gives; those that give nothing are left out. */
function taken({ amount, shares, of }: Take): readonly Taken[] {
  const amounts = allocate({ amount, weights: shares.map(of) });
  return shares.map((share, index) => ({ share, amount: amounts[index] ?? 0 })).filter((part) => part.amount > 0);
}

const refundedLine = ({ share, amount }: Taken): RefundedLine => ({
  line: share.line,
  product: share.product,
  amount,
  tax: refundTax({ share, amount }),
});

/** Adds the tax that belongs to a net amount. */
function netRefundedLine({ share, amount: net }: Taken): RefundedLine {
  const tax = taxOnNetRefund({ share, net });
  return { line: share.line, product: share.product, amount: net + tax, tax };
}

/** Guards the total as well as the lines: a record of a refund may know its amount but not its lines. */
function checkTotal({ amount, left }: { readonly amount: number; readonly left: number }): void {
  if (amount > left) {
    throw new DomainError('REFUND_AMOUNT_EXCEEDS_PAID_AMOUNT', `only ${left} minor units can still be refunded`);
  }
}
