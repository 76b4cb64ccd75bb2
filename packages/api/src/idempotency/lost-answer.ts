import { setTimeout } from 'node:timers/promises';
import type { Response } from 'express';
import type { ClaimKey, LostAnswer, LostRequest } from '@payonce/engine/ports';
import type { ApiDeps } from '../deps.js';
import type { RenderedAnswer } from '../http/answer.js';
import { inFlight } from './once.js';

/** For how long an answer that was never received may be asked for again without a key. */
const LOST_MS = 2 * 60 * 1000;
/** How long a repetition waits for the request that it repeats: longer than all but the slowest. */
const LOOKS = 50;
const BETWEEN_LOOKS_MS = 100;

type Repeated = Omit<LostRequest, 'since' | 'now'> & { readonly retries: number };

/** An answer and what it is kept under. */
export interface FoundAnswer {
  readonly claim: ClaimKey;
  readonly answer: RenderedAnswer;
}

/**
 * The answer to a request without a key that its caller never got, for the caller's own repetition; undefined when there is none. One that still runs is waited for: the
 * repetition must not do the same a second time. Refuses with IDEMPOTENCY_KEY_IN_FLIGHT when it runs on and its caller is known to be gone.
 */
export async function lostAnswer(deps: ApiDeps, request: Repeated): Promise<FoundAnswer | undefined> {
  if (!(request.retries >= 1)) return undefined;
  let lost = await look(deps, request);
  for (let looks = 1; lost?.found === 'running' && looks < LOOKS; looks += 1) {
    await setTimeout(BETWEEN_LOOKS_MS);
    lost = await look(deps, request);
  }
  if (lost?.found === 'running' && lost.hungUp) throw inFlight('This request is still running');
  if (lost?.found !== 'answered' || lost.claim.answer === null) return undefined;
  return { claim: lost.claim, answer: lost.claim.answer };
}

function look({ stores, clock }: ApiDeps, request: Repeated): Promise<LostAnswer | undefined> {
  const now = clock.now();
  const { business, mode, route, bodyHash } = request;
  const since = new Date(now.getTime() - LOST_MS);
  return stores.idempotency.takeLost({ business, mode, route, bodyHash, since, now });
}

/** Lets the next repetition have an answer that this one did not get either. */
export function noteEndOfRepetition(
  { stores, logger }: ApiDeps,
  { response, claim }: { readonly response: Response; readonly claim: ClaimKey },
): void {
  const { business, mode, route, key } = claim;
  const note = () => {
    if (response.writableFinished) return;
    stores.idempotency
      .markLostAgain({ business, mode, route, key })
      .catch((error: unknown) => logger.warn({ err: error }, 'could not note that an answer was lost again'));
  };
  if (response.closed) note();
  else response.once('close', note);
}

/**
 * Notes whether the whole answer was handed over: `finish` says so, a socket that closes without it says that the caller is gone. Call what it answers once the claim
 * surely exists: the caller may have gone before it was made.
 */
export function noteEnd(
  { stores, logger }: ApiDeps,
  { response, claim }: { readonly response: Response; readonly claim: ClaimKey },
): () => void {
  const { business, mode, route, key } = claim;
  const note = (mark: 'markFlushed' | 'markHungUp') => () => {
    if (mark === 'markHungUp' && response.writableFinished) return;
    stores.idempotency[mark]({ business, mode, route, key }).catch((error: unknown) =>
      logger.warn({ err: error }, 'could not note whether an answer arrived'),
    );
  };
  response.once('finish', note('markFlushed'));
  response.once('close', note('markHungUp'));
  return () => {
    if (response.closed) note('markHungUp')();
  };
}
