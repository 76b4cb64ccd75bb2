import type { RefundId } from '../domain/ids.js';
import type { Amount, LearnedOutcome } from '../domain/purchase-state.js';
import type { RefundStatus } from '../domain/refund.js';
import type { GrantPlan } from './grant-activities.js';
import type { RefusalReason } from './purchase.js';
import type { OfAttempt, OfPurchase } from './served.js';

/** Whether an attempt may be charged. */
export type PreparedCharge = (
  | { readonly status: 'ready'; readonly asked: Amount; readonly processor: string }
  | { readonly status: 'refused'; readonly reason: RefusalReason }
) & {
  /** There when something may have been set aside, whatever the answer is. */
  readonly limited?: true;
};

export interface TaxActivities {
  /**
   * Quotes tax by category for the attempt's address, compares with the total the buyer saw, sets aside what can run out and freezes. Repeat-safe: frozen once;
   * calculators do not write; setting the same unit aside twice is once.
   */
  quoteTax(input: OfAttempt): Promise<PreparedCharge>;
  /** Commits the tax of record where the calculator keeps one. Repeat-safe by the payment's id. Fails alone: goods do not wait for it. */
  computeTax(input: OfPurchase): Promise<{ readonly tax: number }>;
  /** Withdraws the tax of record of a sale that was refunded in full. Repeat-safe by the payment's id. Fails alone. */
  voidTax(input: OfPurchase): Promise<void>;
}

/** What a look-up found. `not_found` is final only after the delay that the adapter declares. */
export type LookedUp = LearnedOutcome | { readonly status: 'not_found' };

export interface PaymentActivities {
  /** Charges an attempt. Repeat-safe: a repetition looks the payment up by our reference first, then sends the same idempotency key while the processor still knows it. */
  charge(input: OfAttempt): Promise<LearnedOutcome>;
  /**
   * Captures what an attempt authorized, all of it. Repeat-safe: a repetition looks the payment up first, then sends the same key. Fails for good with 'capture_missing'
   * where the adapter has no such verb.
   */
  capture(input: OfAttempt): Promise<LearnedOutcome>;
  /**
   * Asks the processor what became of an attempt, and records what it learns. Only reads there, unless the buyer came back from a page whose processor then has to
   * complete the payment; a repetition reads first.
   */
  lookUpCharge(input: OfAttempt): Promise<LookedUp>;
  /** Makes sure that an attempt can capture nothing any more, or says what happened instead. Repeat-safe: a cancelled payment stays cancelled. */
  cancelCharge(input: OfAttempt): Promise<LearnedOutcome>;
  /** Records an operator's word about an attempt. Repeat-safe: final outcomes stay. */
  overrideCharge(
    input: OfAttempt & { readonly outcome: 'succeeded' | 'failed'; readonly evidence: string; readonly actor: string },
  ): Promise<LearnedOutcome>;
  /** Gives back what an attempt captured beside the sale (held money, or a second payment of a paid purchase). Repeat-safe by the attempt's own refund key. */
  returnCharge(input: OfAttempt): Promise<{ readonly status: RefundStatus }>;
}

/** Where a refund stands, and what it ends. */
export interface SettledRefund {
  readonly status: RefundStatus;
  /** Grants of lines that are refunded in full now. */
  readonly revoke: readonly GrantPlan[];
  /** Whether nothing of the sale is left and somebody keeps its tax on record. */
  readonly voidsTax?: true;
}

export interface RefundActivities {
  /** Reserves a refund that an operator typed, under the same rules as the API. Repeat-safe by `key`. Answers why not, when not. */
  reserveRefund(
    input: OfPurchase & { readonly key: string; readonly amount?: number; readonly reason?: string },
  ): Promise<{ readonly refund: RefundId } | { readonly refused: string }>;
  /** Asks the processor for the money back. Repeat-safe: a repetition looks up first, then sends the same key. */
  refund(input: OfPurchase & { readonly refund: RefundId }): Promise<{ readonly status: RefundStatus | 'unknown' }>;
  /** Asks the processor what became of a refund. */
  lookUpRefund(
    input: OfPurchase & { readonly refund: RefundId },
  ): Promise<{ readonly status: RefundStatus | 'unknown' | 'not_found' }>;
  /** Writes a refund's end with its event. Repeat-safe: a settled refund stays. */
  settleRefund(
    input: OfPurchase & {
      readonly refund: RefundId;
      readonly status: 'succeeded' | 'failed';
      readonly at: number;
      readonly note?: string;
    },
  ): Promise<SettledRefund>;
}
