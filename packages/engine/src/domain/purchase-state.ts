import type { Currency, DeclineCode } from '@payonce/plugin-sdk';
import type { AttemptId } from './ids.js';
import type { PaymentStatus } from './payment-status.js';

/** Where an open attempt stands. `charging` is before the first answer; `unknown` blocks every new charge until it is known. */
export type AttemptPhase = 'charging' | 'requires_action' | 'processing' | 'unknown';

/** An amount of the purchase, in minor units. */
export interface Amount {
  readonly amount: number;
  readonly currency: Currency;
}

/** Where a purchase stands. One value, so that nothing can disagree. Ids, amounts and states only: this is what enters the history. */
export type PurchaseState =
  | {
      readonly kind: 'awaiting_payment';
      readonly attempts: number;
      readonly failed: { readonly attempt: AttemptId; readonly code: DeclineCode } | null;
    }
  | {
      readonly kind: 'attempt_open';
      readonly attempts: number;
      readonly attempt: AttemptId;
      readonly phase: AttemptPhase;
      /** Frozen: what the processor was asked for. */
      readonly asked: Amount;
    }
  | {
      readonly kind: 'paid';
      readonly attempts: number;
      readonly attempt: AttemptId;
      readonly asked: Amount;
      /** What was captured: more than asked is excess, refundable. */
      readonly captured: Amount;
      readonly stage: 'fulfilling' | 'settled';
    }
  | {
      readonly kind: 'held';
      readonly attempts: number;
      readonly attempt: AttemptId;
      readonly asked: Amount;
      readonly captured: Amount;
    }
  | {
      readonly kind: 'closed';
      readonly attempts: number;
      readonly reason: 'expired' | 'cancelled';
      /** The attempt whose money went back: a repeated report of it is no late money. */
      readonly returned?: AttemptId;
    };

/** What the processor said about an attempt, as far as state goes. */
export type ChargeOutcome =
  | { readonly status: 'succeeded'; readonly captured: Amount }
  | { readonly status: 'requires_action' | 'processing' | 'unknown' }
  /** `fault` is the adapter's code when it refused for good what we sent. */
  | { readonly status: 'failed'; readonly code: DeclineCode; readonly fault?: string }
  /** Surely nothing can be captured any more. */
  | { readonly status: 'cancelled' };

/** What is learned of an attempt. Authorized money is captured before it moves any state. */
export type LearnedOutcome = ChargeOutcome | { readonly status: 'authorized' };

/** What can happen to a purchase. */
export type PurchaseFact =
  | { readonly type: 'attempt_started'; readonly attempt: AttemptId; readonly asked: Amount }
  | { readonly type: 'attempt_outcome'; readonly attempt: AttemptId; readonly outcome: ChargeOutcome }
  /** Money of an attempt that had failed, or whose session had ended. */
  | { readonly type: 'late_success'; readonly attempt: AttemptId; readonly asked: Amount; readonly captured: Amount }
  | { readonly type: 'ended'; readonly reason: 'expired' | 'cancelled' }
  | { readonly type: 'hold_accepted' }
  | { readonly type: 'hold_returned' }
  | { readonly type: 'settled' };

/** The state of a session that was just made. */
export const INITIAL_STATE: PurchaseState = { kind: 'awaiting_payment', attempts: 0, failed: null };

/** Whether goods that were set aside may be let go: nothing is open, nothing was captured. */
export const mayLetGo = ({ kind }: PurchaseState): boolean => kind === 'awaiting_payment' || kind === 'closed';

/** At most this many presses of Pay per session. */
export const MAX_ATTEMPTS = 10;

/**
 * The only way from one state to the next. A fact that is not legal now (a stale attempt, a report after the end, an expiry over an open attempt) answers the very same
 * state object: late and repeated facts never move newer state, and `paid` is never left.
 */
export function transition(state: PurchaseState, fact: PurchaseFact): PurchaseState {
  switch (fact.type) {
    case 'attempt_started':
      return state.kind === 'awaiting_payment' && state.attempts < MAX_ATTEMPTS
        ? {
            kind: 'attempt_open',
            attempts: state.attempts + 1,
            attempt: fact.attempt,
            phase: 'charging',
            asked: fact.asked,
          }
        : state;
    case 'attempt_outcome':
      return applyOutcome(state, fact);
    case 'late_success':
      return takesLateMoney(state, fact.attempt)
        ? capture({ ...fact, attempts: state.attempts }, fact.captured)
        : state;
    case 'ended':
      return state.kind === 'awaiting_payment'
        ? { kind: 'closed', attempts: state.attempts, reason: fact.reason }
        : state;
    case 'hold_accepted':
      return state.kind === 'held' ? { ...state, kind: 'paid', stage: 'fulfilling' } : state;
    case 'hold_returned':
      return state.kind === 'held'
        ? { kind: 'closed', attempts: state.attempts, reason: 'cancelled', returned: state.attempt }
        : state;
    case 'settled':
      return state.kind === 'paid' && state.stage === 'fulfilling' ? { ...state, stage: 'settled' } : state;
  }
}

const takesLateMoney = (state: PurchaseState, attempt: AttemptId): boolean =>
  state.kind === 'awaiting_payment' || (state.kind === 'closed' && state.returned !== attempt);

function applyOutcome(
  state: PurchaseState,
  { attempt, outcome }: Extract<PurchaseFact, { type: 'attempt_outcome' }>,
): PurchaseState {
  if (state.kind !== 'attempt_open' || state.attempt !== attempt) return state;
  switch (outcome.status) {
    case 'succeeded':
      return capture(state, outcome.captured);
    case 'failed':
      return { kind: 'awaiting_payment', attempts: state.attempts, failed: { attempt, code: outcome.code } };
    case 'cancelled':
      return { kind: 'awaiting_payment', attempts: state.attempts, failed: { attempt, code: 'CUSTOMER_CANCELLED' } };
    case 'requires_action':
    case 'processing':
    case 'unknown':
      return state.phase === outcome.status ? state : { ...state, phase: outcome.status };
  }
}

/** Money in another currency, or less than asked, is held for the merchant; more than asked is paid. */
function capture(
  { attempts, attempt, asked }: { attempts: number; attempt: AttemptId; asked: Amount },
  captured: Amount,
): PurchaseState {
  const enough = captured.currency === asked.currency && captured.amount >= asked.amount;
  return enough
    ? { kind: 'paid', attempts, attempt, asked, captured, stage: 'fulfilling' }
    : { kind: 'held', attempts, attempt, asked, captured };
}

/** The wire's status of a payment in this state. */
export function paymentStatus(state: PurchaseState): PaymentStatus {
  switch (state.kind) {
    case 'awaiting_payment':
      return state.failed === null ? null : 'failed';
    case 'attempt_open':
      return state.phase === 'requires_action' ? 'requires_customer_action' : 'processing';
    case 'paid':
      return 'succeeded';
    case 'held':
      return 'requires_merchant_action';
    case 'closed':
      return state.attempts === 0 ? null : 'cancelled';
  }
}
