import type { Mode } from '@payonce/plugin-sdk';
import type { EventType } from '../domain/event.js';
import type { GrantStatus } from '../domain/grant.js';
import type { AttemptId, DeliveryId, GrantId, PaymentId, RefundId, SessionId } from '../domain/ids.js';
import type { Amount, LearnedOutcome, PurchaseState } from '../domain/purchase-state.js';
import type { RefundStatus } from '../domain/refund.js';
import type { RefusalReason } from './purchase.js';

/** The purchase that an activity serves. */
export interface OfPurchase {
  readonly payment: PaymentId;
  readonly session: SessionId;
  /** Asserted against the record: test and live never meet. */
  readonly mode: Mode;
}

/** One attempt of it. */
export interface OfAttempt extends OfPurchase {
  readonly attempt: AttemptId;
}

/** What a run continues from. */
export interface RecordedPurchase {
  readonly state: PurchaseState;
  readonly revision: number;
  readonly attempts: readonly { readonly attempt: AttemptId; readonly asked: Amount }[];
  /** The attempt that was sent last, when the state says nothing of it: the run was lost before it could; absent when there is none. */
  readonly inFlight?: AttemptId;
  readonly pendingRefunds: readonly RefundId[];
  readonly grants: readonly GrantPlan[];
  /** Those of them that an operator decided not to hand over; absent in older histories. */
  readonly waived?: readonly GrantId[];
  /** Milliseconds since 1970; null when not paid. */
  readonly paidAt: number | null;
  readonly processor: string;
  /** Whether something of it can run out; absent in older histories. */
  readonly limited?: boolean;
}

export interface CheckoutActivities {
  /** Makes the payment record that the state goes to. Repeat-safe: an existing record is left alone. */
  createCheckout(input: OfPurchase): Promise<Pick<RecordedPurchase, 'processor' | 'limited'>>;
  /** Reads what a run from the record continues from. Writes nothing. */
  loadRecord(input: OfPurchase): Promise<RecordedPurchase>;
}

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

export interface GoodsActivities {
  /**
   * Lets go of everything that was set aside, last for `attempt` (the newest on record when left out), unless an attempt is open or the purchase is paid. Repeat-safe:
   * letting go twice is once.
   */
  releaseGoods(input: OfPurchase & { readonly attempt?: AttemptId }): Promise<{ readonly released: number }>;
}

/** One grant to hand over. */
export interface GrantPlan {
  readonly grant: GrantId;
  readonly reach: 'own_stores' | 'outside' | 'remote';
  /** Where the provider's own worker listens; there when the reach is 'remote'. */
  readonly taskQueue?: string;
}

/** An event that belongs to a transition. */
export interface EventOf {
  readonly type: EventType;
  /** The attempt or refund it is about; with payment and type it makes the event's id. */
  readonly object: string;
}

/** A transition: the new state and its events, written together. */
export interface Transition extends OfPurchase {
  readonly revision: number;
  readonly state: PurchaseState;
  /** Milliseconds since 1970 by the workflow's clock. */
  readonly at: number;
  readonly events: readonly EventOf[];
}

export interface EventActivities {
  /**
   * Writes state and events together and starts the deliveries. When paid it also gives the invoice its number and makes the grants. Repeat-safe: the revision guards
   * the state, ids that derive from the purchase guard the rest.
   */
  recordTransition(input: Transition): Promise<{ readonly grants: readonly GrantPlan[] }>;
  /** Records the settled state and starts every delivery that no dispatcher has yet. Repeat-safe: starting a delivery twice is starting it once. */
  emitWebhooks(input: Transition): Promise<{ readonly events: number }>;
}

/** How a grant ended up. */
export interface GrantOutcome {
  readonly status: GrantStatus;
  /** Of the failure; null otherwise. */
  readonly code: string | null;
}

export interface FulfillmentActivities {
  /** Hands over one grant by its provider and writes it with its events. Repeat-safe: the first stored delivery counts and later ones are dropped. */
  fulfillGrant(input: OfPurchase & { readonly grant: GrantId; readonly at: number }): Promise<GrantOutcome>;
  /** Records that an operator delivered, or waived, a grant by hand. Repeat-safe: a delivered or revoked grant stays. */
  closeGrant(
    input: OfPurchase & {
      readonly grant: GrantId;
      readonly at: number;
      readonly how: 'deliverByHand' | 'waive';
      readonly evidence: string;
    },
  ): Promise<GrantOutcome>;
  /** Ends a grant: disables what was delivered, by its provider, and writes it with its event. Repeat-safe: revoking twice is one revocation. */
  revokeGrant(
    input: OfPurchase & { readonly grant: GrantId; readonly at: number; readonly reason: 'refund' | 'operator' },
  ): Promise<GrantOutcome>;
}

/** What a worker that is not ours said about a grant, or why it said nothing. */
export interface WorkersWord {
  readonly status: 'delivered' | 'pending' | 'failed';
  /** Of the failure; null otherwise. */
  readonly code: string | null;
}

export interface RemoteGrantActivities {
  /** Makes a grant ready for its provider's worker: pending again after a failure. Only one that is pending then is asked for. Repeat-safe: it moves failed grants alone. */
  openGrant(input: OfPurchase & { readonly grant: GrantId; readonly at: number }): Promise<GrantOutcome>;
  /**
   * Reads what was recorded about a grant outside of its purchase, and announces it. The record is believed, not what was said: a delivery that is not stored was not made.
   * Without a word it only looks. Repeat-safe: what is recorded stays, and is announced once.
   */
  acceptGrant(
    input: OfPurchase & { readonly grant: GrantId; readonly at: number; readonly said: WorkersWord | null },
  ): Promise<GrantOutcome>;
  /** Reads whether the provider of a revoked grant recorded that it took the delivery back. Writes nothing. */
  acceptRevocation(input: OfPurchase & { readonly grant: GrantId }): Promise<{ readonly takenBack: boolean }>;
}

/** What a remote provider's own worker offers on its own task queue. Anybody may have written it: what it answers is parsed. Called again after a crash. */
export interface RemoteWorkerActivities {
  fulfillGrant(input: { readonly grant: GrantId }): Promise<unknown>;
  revokeGrant(input: { readonly grant: GrantId }): Promise<unknown>;
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

export interface DeliveryActivities {
  /** Posts one event to one endpoint. Repeat-safe: receivers see the same webhook-id on every attempt. */
  deliverEvent(input: { readonly delivery: DeliveryId }): Promise<{ readonly status: string }>;
}

/** Everything that a worker of purchases offers. */
export type PurchaseActivities = CheckoutActivities &
  TaxActivities &
  PaymentActivities &
  GoodsActivities &
  EventActivities &
  FulfillmentActivities &
  RemoteGrantActivities &
  RefundActivities;
