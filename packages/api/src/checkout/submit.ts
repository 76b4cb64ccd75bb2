import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Attempt, AttemptId, AttemptRequest, Session } from '@payonce/engine/domain';
import type { PurchaseClient } from '@payonce/engine/client';
import type { Clock, Ids, Stores } from '@payonce/engine/ports';

/** The first outcome of an attempt, as the page needs it. */
export type SubmitAnswer = Awaited<ReturnType<PurchaseClient['submit']>>;

/** Why an attempt was not even tried. */
export type RefusalReason = Extract<SubmitAnswer, { readonly status: 'refused' }>['reason'];

export interface SubmitDeps {
  readonly stores: Pick<Stores, 'attempts'>;
  readonly client: Pick<PurchaseClient, 'start' | 'submit'>;
  readonly ids: Pick<Ids, 'mint'>;
  readonly clock: Clock;
  /** How long to wait for the first outcome; 10 s when not said. */
  readonly waitMs?: number;
}

/** One press of Pay. */
export interface Submission {
  readonly session: Session;
  readonly request: AttemptRequest;
  /** The same over every repetition of the same press; minted when absent. */
  readonly attempt?: AttemptId;
}

/** What came of it, for the attempt of that id. */
export type Submitted = SubmitAnswer & { readonly attempt: AttemptId };

const WAIT_MS = 10_000;

/**
 * Stores the attempt, then has it charged. Repeat-safe: the same attempt id is one attempt however often it comes. Once stored, the attempt is a promise: whatever keeps
 * the answer away, it is 'processing', never 'failed'. An id that is on record with other content is refused with 'previous_payment_pending' and left alone; any other
 * refusal also ends the attempt on record, so that nothing submits it again. Rejects only when the attempt could not be stored.
 */
export async function submitAttempt(
  deps: SubmitDeps,
  { session, request, attempt = deps.ids.mint('att') }: Submission,
): Promise<Submitted> {
  const { stores, clock } = deps;
  await stores.attempts.insert(newAttempt({ id: attempt, session, request, at: clock.now() }));
  const answer = await outcomeOf(deps, { session, request, attempt });
  return { ...answer, attempt };
}

async function outcomeOf(deps: SubmitDeps, { session, request, attempt }: Required<Submission>): Promise<SubmitAnswer> {
  const { stores, clock, waitMs = WAIT_MS } = deps;
  try {
    const stored = await stores.attempts.find(attempt);
    if (stored && !isDeepStrictEqual(asData(stored.request), asData(request))) {
      return { status: 'refused', reason: 'previous_payment_pending' };
    }
    const answer = await within(waitMs, submitStarted(deps, { session, attempt }));
    if (answer.status === 'refused') await close(stores, { attempt, at: clock.now() });
    return answer;
  } catch {
    return { status: 'processing' };
  }
}

/** A refused attempt will never be charged: one that no purchase took is voided, one that was taken but not priced counts as cancelled. */
async function close(
  { attempts }: SubmitDeps['stores'],
  { attempt, at }: { readonly attempt: AttemptId; readonly at: Date },
): Promise<void> {
  await attempts.void({ id: attempt, at });
  const closed = await attempts.find(attempt);
  if (!closed || closed.voidedAt !== null || closed.frozen !== null) return;
  const nothing = { processorRef: null, action: null, captured: null, card: null, method: null, error: null };
  await attempts.recordOutcome({ id: attempt, outcome: { ...nothing, status: 'cancelled', at } });
}

/** A session whose start was lost is started now: the client cannot tell it from one that has ended. */
async function submitStarted(
  { client, clock }: SubmitDeps,
  { session, attempt }: { readonly session: Session; readonly attempt: AttemptId },
): Promise<SubmitAnswer> {
  const submission = {
    business: session.business,
    mode: session.mode,
    session: session.id,
    payment: session.payment,
    attempt,
  };
  const answer = await client.submit(submission);
  const mayBeUnstarted = answer.status === 'refused' && answer.reason === 'expired' && clock.now() < session.expiresAt;
  if (!mayBeUnstarted || session.startedAt !== null) return answer;
  await client.start(session);
  return client.submit(submission);
}

async function within(milliseconds: number, answer: Promise<SubmitAnswer>): Promise<SubmitAnswer> {
  const patience = new AbortController();
  const late = sleep(milliseconds, { status: 'processing' } as const, { signal: patience.signal });
  try {
    return await Promise.race([answer, late]);
  } finally {
    patience.abort();
    await late.catch(() => undefined);
  }
}

/** As the database gives it back, so that both sides compare alike. */
const asData = (request: AttemptRequest): unknown => JSON.parse(JSON.stringify(request));

const newAttempt = ({
  id,
  session,
  request,
  at,
}: {
  readonly id: AttemptId;
  readonly session: Session;
  readonly request: AttemptRequest;
  readonly at: Date;
}): Attempt => ({
  id,
  business: session.business,
  mode: session.mode,
  session: session.id,
  payment: session.payment,
  request,
  frozen: null,
  sentAt: null,
  outcome: null,
  createdAt: at,
  acceptedAt: null,
  voidedAt: null,
});
