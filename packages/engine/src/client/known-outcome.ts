import type { AttemptId, ChargeOutcome, LearnedOutcome, PurchaseState } from '../domain/index.js';

/** Whether a recorded state says already what was reported about an attempt, so that telling the purchase again would change nothing. In doubt it is told. */
export function isKnown({
  state,
  attempt,
  outcome,
}: {
  /** undefined before the record is written. */
  readonly state: PurchaseState | undefined;
  readonly attempt: AttemptId;
  readonly outcome: LearnedOutcome;
}): boolean {
  if (state === undefined) return false;
  if (outcome.status === 'succeeded') return isCaptured(state, { attempt, outcome });
  if (state.kind === 'paid') return true;
  if (outcome.status === 'failed' || outcome.status === 'cancelled') return hasEnded(state, attempt);
  return state.kind === 'attempt_open' && state.attempt === attempt && state.phase === outcome.status;
}

/** Nothing is open for this attempt any more. */
const hasEnded = (state: PurchaseState, attempt: AttemptId): boolean =>
  state.kind === 'closed' || (state.kind === 'awaiting_payment' && state.failed?.attempt === attempt);

/** Money is known when this very amount of this very attempt is: a second capture must be heard of. */
function isCaptured(
  state: PurchaseState,
  {
    attempt,
    outcome,
  }: { readonly attempt: AttemptId; readonly outcome: Extract<ChargeOutcome, { readonly status: 'succeeded' }> },
): boolean {
  if (state.kind !== 'paid' && state.kind !== 'held') return false;
  const { amount, currency } = outcome.captured;
  return state.attempt === attempt && state.captured.amount === amount && state.captured.currency === currency;
}
