import { sum } from './arithmetic.js';
import { EXCESS_LINE, refundShares, refundableTotal, refundedByLine } from './refund-shares.js';
import type { Refundable } from './refund-shares.js';
import type { Refund } from './refund.js';

/** Names a cart line of a payment. */
export interface LineOfRefundable extends Refundable {
  readonly line: string;
}

/** Minor units, tax inside, that can still be refunded of a cart line. */
export function refundableOf({ paid, refunds, line }: LineOfRefundable): number {
  const left = refundShares({ paid, refunds }).find((share) => share.line === line)?.left ?? 0;
  return Math.min(left, refundableTotal({ paid, refunds }));
}

/** The cart lines whose whole price went back and settled. A line that cost nothing counts when the whole payment went back. */
export function linesRefundedInFull({ paid, refunds }: Refundable): readonly string[] {
  const settled = refundedByLine(refunds.filter(({ status }) => status === 'succeeded'));
  const everything = refundStatus({ captured: paid.captured.amount, refunds }) === 'full';
  return refundShares({ paid, refunds: [] })
    .filter(({ line }) => line !== EXCESS_LINE)
    .filter((share) => everything || (share.paid > 0 && (settled.get(share.line)?.amount ?? 0) >= share.paid))
    .map(({ line }) => line);
}

/** A captured amount with the refunds of it. */
export interface RefundsOfAmount {
  readonly captured: number;
  readonly refunds: readonly Refund[];
}

/** How far a payment is refunded, counting what settled; null when nothing did. */
export function refundStatus({ captured, refunds }: RefundsOfAmount): 'partial' | 'full' | null {
  const settled = sum(refunds.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount));
  return settled === 0 ? null : settled < captured ? 'partial' : 'full';
}
