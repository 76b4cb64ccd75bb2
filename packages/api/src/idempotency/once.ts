import { DomainError, isDomainError } from '@payonce/engine/domain';
import type { Scope } from '@payonce/engine/domain';
import type { Clock, IdempotencyClaim, IdempotencyStore } from '@payonce/engine/ports';
import { HttpRefusal } from '../http/refusal.js';
import type { RenderedAnswer } from '../http/answer.js';

/** How long a claim keeps others waiting. Longer than any request takes; a request that died is resumed after it. */
const LEASE_MS = 30_000;

/** A request that must have one effect. */
export interface OnceRequest extends Scope {
  /** Method and path. */
  readonly route: string;
  readonly key: string;
  readonly bodyHash: string;
  /** Ids for the first request with this key; a repetition works with those of the first. */
  readonly ids: Readonly<Record<string, string>>;
}

/** An answer with where it came from. */
export interface OnceAnswer extends RenderedAnswer {
  readonly replayed: boolean;
}

/**
 * Runs a request once per key. A repetition gets the first answer byte for byte; while the first runs, IDEMPOTENCY_KEY_IN_FLIGHT; with another body,
 * IDEMPOTENCY_KEY_REUSED. A refusal gives the key up again, since nothing happened; a crash keeps it, so that the next try resumes with the same ids.
 */
export async function once(
  { idempotency, clock }: { readonly idempotency: IdempotencyStore; readonly clock: Clock },
  request: OnceRequest,
  run: (ids: Readonly<Record<string, string>>) => Promise<RenderedAnswer>,
): Promise<OnceAnswer> {
  const now = clock.now();
  const leasedUntil = new Date(now.getTime() + LEASE_MS);
  const { claim, mine } = await idempotency.claim({
    ...request,
    leasedUntil,
    answer: null,
    flushed: false,
    hungUp: false,
    createdAt: now,
  });
  if (claim.bodyHash !== request.bodyHash) throw reused();
  if (!mine) return replay(claim);
  try {
    const answer = await run(claim.ids);
    await idempotency.answer({ ...keyOf(claim), answer });
    return { ...answer, replayed: false };
  } catch (error) {
    if (hadNoEffect(error)) await idempotency.release(keyOf(claim));
    throw error;
  }
}

function replay({ answer }: IdempotencyClaim): OnceAnswer {
  if (answer) return { ...answer, replayed: true };
  throw inFlight('A request with this Idempotency-Key is still running');
}

/** Tells the caller to come back: the same request is not done yet. */
export const inFlight = (what: string): HttpRefusal =>
  new HttpRefusal('IDEMPOTENCY_KEY_IN_FLIGHT', `${what}: try again in a moment.`, {
    headers: { 'retry-after': '1', 'x-should-retry': 'true' },
  });

/** Refusals come before effects. An unreachable service, or an error nobody expected, may have come after some. */
const hadNoEffect = (error: unknown): boolean => isDomainError(error) && error.code !== 'SERVICE_UNAVAILABLE';

const keyOf = ({ business, mode, route, key }: IdempotencyClaim) => ({ business, mode, route, key });

const reused = (): DomainError =>
  new DomainError(
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used with another request body: use a new key for a new request.',
  );
