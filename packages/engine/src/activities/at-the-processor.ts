import type { PaymentLookup, PaymentResult } from '../domain/index.js';
import { chargedBy, toAttemptOutcome, toChargeOutcome } from '../domain/index.js';
import type { Attempt, LearnedOutcome, Session } from '../domain/index.js';
import type { OfAttempt } from '../messages/index.js';
import type { ActivityDeps } from './deps.js';
import { pluginFailure } from './failures.js';
import { attemptOf, sessionOf } from './records.js';

/** An attempt with its session. */
export interface Loaded {
  readonly session: Session;
  readonly attempt: Attempt;
}

/** Reads both. Refuses those of another purchase or mode. */
export async function load({ stores }: ActivityDeps, of: OfAttempt): Promise<Loaded> {
  const [session, attempt] = await Promise.all([sessionOf(stores, of), attemptOf(stores, of)]);
  return { session, attempt };
}

/** Who takes the money of an attempt. */
export const adapterOf = ({ plugins }: ActivityDeps, { session, attempt }: Loaded) =>
  plugins.processor(chargedBy(attempt, session));

/** As the adapter knows it. */
export const named = ({ id, business, mode, outcome }: Attempt) => ({
  business,
  mode,
  reference: id,
  ...(outcome?.processorRef ? { processorRef: outcome.processorRef } : {}),
});

/** What makes a repeated call the same call. */
export const key = ({ id, payment }: Attempt, operation: string): string => `${payment}:${operation}:${id}`;

/** Asks what became of an attempt. */
export const lookUp = (deps: ActivityDeps, { session, attempt }: Loaded): Promise<PaymentLookup> =>
  guarded(() =>
    adapterOf(deps, { session, attempt }).retrievePayment({
      ...named(attempt),
      idempotencyKey: key(attempt, 'lookup'),
    }),
  );

/** Says our code of whatever the adapter throws, and none of its words. */
export async function guarded<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (thrown) {
    throw pluginFailure(thrown);
  }
}

/** What was learned of an attempt. */
export interface Learned {
  readonly attempt: Attempt;
  readonly result: PaymentResult;
  /** The adapter's code, when it refused for good what we sent. */
  readonly fault?: string;
}

/** Records what was learned; answers what is on record then. */
export async function learn(
  { stores, clock }: ActivityDeps,
  { attempt: { id }, ...learned }: Learned,
): Promise<LearnedOutcome> {
  const recorded = await stores.attempts.recordOutcome({
    id,
    outcome: toAttemptOutcome({ ...learned, at: clock.now() }),
  });
  return toChargeOutcome(recorded);
}
