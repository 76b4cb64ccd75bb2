import { activityInfo } from '@temporalio/activity';
import { isFound, toChargeOutcome } from '../domain/index.js';
import type { Attempt, AttemptOutcome, LearnedOutcome, PaymentLookup } from '../domain/index.js';
import type { OfAttempt } from '../messages/index.js';
import { adapterOf, guarded, key, learn, load, lookUp, named } from './at-the-processor.js';
import type { Loaded } from './at-the-processor.js';
import type { ActivityDeps } from './deps.js';
import { finalFailure } from './failures.js';

/** Captures all of what was authorized, whatever was asked: the purchase compares what is captured with what it asked for. */
export async function capture(deps: ActivityDeps, of: OfAttempt): Promise<LearnedOutcome> {
  const { session, attempt } = await load(deps, of);
  const { outcome, frozen } = attempt;
  if (outcome !== null && isDecided(outcome)) return toChargeOutcome(outcome);
  if (activityInfo().attempt > 1) {
    const found = await lookUp(deps, { session, attempt });
    if (isFound(found) && found.status !== 'authorized') return learn(deps, { attempt, result: found });
  }
  const amount = outcome?.authorized ?? (frozen && { amount: frozen.quote.total, currency: frozen.quote.currency });
  if (amount === null)
    throw finalFailure('nothing_frozen', `${attempt.id} was never charged: there is nothing to capture`);
  const captured = await guarded(() =>
    adapterOf(deps, { session, attempt }).capture({
      ...named(attempt),
      amount,
      idempotencyKey: key(attempt, 'capture'),
    }),
  );
  return learn(deps, { attempt, result: captured });
}

const isDecided = ({ status }: AttemptOutcome): boolean => ['succeeded', 'failed', 'cancelled'].includes(status);

/** Whether the buyer came back from the processor's page and the record knows nothing newer. */
export const isBack = ({ returned, outcome }: Attempt): boolean =>
  returned !== undefined && outcome?.status === 'requires_action';

/** Hands what the buyer came back with to the adapter; after a lost answer it is asked first what became of that. */
export async function complete(deps: ActivityDeps, { session, attempt }: Loaded): Promise<PaymentLookup> {
  if (activityInfo().attempt > 1) {
    const found = await lookUp(deps, { session, attempt });
    if (found.status !== 'requires_action') return found;
  }
  const query = attempt.returned ?? {};
  // Once answered, the next look is a call of its own: a buyer may come back before the payment is finished, and then again.
  const learnedAt = attempt.outcome?.at.toISOString() ?? '';
  return guarded(() =>
    adapterOf(deps, { session, attempt }).completePayment({
      ...named(attempt),
      query,
      idempotencyKey: `${key(attempt, 'complete')}:${deps.ids.derive('q', JSON.stringify(query), learnedAt)}`,
    }),
  );
}
