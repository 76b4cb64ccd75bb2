import type { AttemptId } from '../domain/ids.js';
import { MAX_ATTEMPTS, transition } from '../domain/purchase-state.js';
import type { Amount, ChargeOutcome, LearnedOutcome } from '../domain/purchase-state.js';
import type { EventOf, PreparedCharge, ProcessorReport, RefusalReason, SubmitAnswer } from '../messages/index.js';
import { closeCase, listStatus, openCase } from './attention.js';
import { ask, cancel, capture, sendCharge } from './at-the-processor.js';
import { showDetails } from './details.js';
import { prepareCharge } from './goods.js';
import { reportStranger, returnSecondPayment } from './money-aside.js';
import { move } from './purchase-context.js';
import type { Purchase } from './purchase-context.js';
import { failureCode } from './steps.js';

/** Serves the submission that waits, and answers it once its first outcome is on record. */
export async function serveSubmission(p: Purchase): Promise<void> {
  const attempt = p.submission;
  if (attempt === null) return;
  const answer = await submit(p, attempt);
  p.answers.set(attempt, answer);
  p.submission = null;
}

async function submit(p: Purchase, attempt: AttemptId): Promise<SubmitAnswer> {
  if (p.asked.has(attempt)) return answerOf(p, attempt);
  if (p.expired || p.cancelRequested) return refused('expired');
  if (!(await makeRoom(p)))
    return p.state.kind === 'paid' ? { status: 'succeeded' } : refused('previous_payment_pending');
  if (p.state.kind === 'awaiting_payment' && p.state.attempts >= MAX_ATTEMPTS) return refused('too_many_attempts');
  const prepared = await prepare(p, attempt);
  if (prepared.status === 'refused') return refused(prepared.reason);
  p.processor = prepared.processor;
  await charge(p, attempt, prepared.asked);
  return answerOf(p, attempt);
}

/** An attempt that is not on record is refused: anybody with access to Temporal could have typed it. */
async function prepare(p: Purchase, attempt: AttemptId): Promise<PreparedCharge> {
  try {
    return await prepareCharge(p, attempt);
  } catch (error) {
    p.lastError = failureCode(error);
    return refused('unknown_attempt');
  }
}

const refused = (reason: RefusalReason) => ({ status: 'refused', reason }) as const;

/** One open intent: an attempt that waits for its buyer is cancelled first. False when it cannot be, or turned out paid. */
async function makeRoom(p: Purchase): Promise<boolean> {
  if (p.state.kind === 'awaiting_payment') return true;
  if (p.state.kind !== 'attempt_open' || p.state.phase !== 'requires_action') return false;
  await applyOutcome(p, p.state.attempt, await cancel(p, p.state.attempt));
  return isPayable(p);
}

const isPayable = ({ state }: Purchase): boolean => state.kind === 'awaiting_payment';

/** The frozen quote is on record already, so the open attempt itself is recorded with its first outcome. */
async function charge(p: Purchase, attempt: AttemptId, asked: Amount): Promise<void> {
  p.asked.set(attempt, asked);
  p.rung = 0;
  p.state = transition(p.state, { type: 'attempt_started', attempt, asked });
  showDetails(p);
  await applyOutcome(
    p,
    attempt,
    asked.amount === 0 ? { status: 'succeeded', captured: asked } : await sendCharge(p, attempt),
  );
}

/** Applies what is known of an attempt, with the events that belong to it. A repeated or stale outcome changes nothing. */
export async function applyOutcome(p: Purchase, attempt: AttemptId, learned: LearnedOutcome): Promise<void> {
  const isCurrent = p.state.kind === 'attempt_open' && p.state.attempt === attempt;
  const outcome = learned.status === 'authorized' ? await settleAuthorized(p, attempt) : learned;
  if (isCurrent) noteFault(p, outcome);
  if (isCurrent) await move(p, { type: 'attempt_outcome', attempt, outcome }, eventsOf(p, attempt, outcome));
  else if (outcome.status === 'succeeded') await applyLateSuccess(p, attempt, outcome.captured);
  if (outcome.status !== 'unknown') closeCase(p, `unknown:${attempt}`);
  if (outcome.status === 'unknown' || p.listedAs === 'unknown') listStatus(p);
}

/** An authorization is not money yet. That of the open attempt is captured; of any other attempt, but the one that paid, it is let go. */
async function settleAuthorized(p: Purchase, attempt: AttemptId): Promise<ChargeOutcome> {
  const isShown = 'attempt' in p.state && p.state.attempt === attempt;
  if (isShown && p.state.kind !== 'attempt_open') return { status: 'processing' };
  const outcome = isShown ? await capture(p, attempt) : await cancel(p, attempt);
  if (isShown && outcome.status === 'unknown')
    openCase(p, { kind: 'unknown', object: attempt, reason: `authorized, and not captured: ${p.lastError}` });
  return outcome.status === 'authorized' ? { status: 'processing' } : outcome;
}

/** What the processor refuses for good is no fault of the buyer: an operator sees it until an attempt fares better. */
function noteFault(p: Purchase, outcome: ChargeOutcome): void {
  if (outcome.status === 'failed' && outcome.fault !== undefined) {
    p.lastError = outcome.fault;
    openCase(p, {
      kind: 'processor',
      object: p.processor,
      reason: `refuses for good what we send it: ${outcome.fault}`,
    });
  } else if (outcome.status !== 'unknown') closeCase(p, `processor:${p.processor}`);
}

/** Money of an attempt that had failed, or came after the end: honored when nothing else was paid, given back when it was. */
async function applyLateSuccess(p: Purchase, attempt: AttemptId, captured: Amount): Promise<void> {
  const asked = p.asked.get(attempt);
  if (asked === undefined) return reportStranger(p, attempt, captured);
  if (p.state.kind === 'paid' || p.state.kind === 'held') {
    if (p.state.attempt !== attempt) returnSecondPayment(p, attempt);
    return;
  }
  if (p.state.kind === 'attempt_open') await makeRoom(p);
  if (p.state.kind === 'attempt_open') p.deferred.push(moneyOf(attempt, captured));
  else
    await move(
      p,
      { type: 'late_success', attempt, asked, captured },
      eventsOf(p, attempt, { status: 'succeeded', captured }),
    );
}

const moneyOf = (attempt: AttemptId, captured: Amount): ProcessorReport => ({
  kind: 'payment',
  inbox: 'inb_deferred',
  attempt,
  outcome: { status: 'succeeded', captured },
});

const wasEnough = (asked: Amount | undefined, captured: Amount): boolean =>
  asked !== undefined && captured.currency === asked.currency && captured.amount >= asked.amount;

function eventsOf(p: Purchase, attempt: AttemptId, outcome: ChargeOutcome): readonly EventOf[] {
  switch (outcome.status) {
    case 'succeeded':
      return [
        {
          type: wasEnough(p.asked.get(attempt), outcome.captured) ? 'payment.succeeded' : 'payment.processing',
          object: attempt,
        },
      ];
    case 'failed':
    case 'cancelled':
      return [{ type: 'payment.failed', object: attempt }];
    case 'requires_action':
    case 'processing':
    case 'unknown':
      return [{ type: 'payment.processing', object: attempt }];
  }
}

/** Takes one report of the processor. One that says nothing new changes nothing. */
export async function applyReport(p: Purchase): Promise<void> {
  const report = p.reports.shift() ?? p.deferred.shift();
  if (report?.kind === 'payment') await applyOutcome(p, report.attempt, report.outcome);
}

/** Asks what became of the open attempt. What is not there at all was never charged. */
export async function lookUp(p: Purchase): Promise<void> {
  p.lookUpNow = false;
  if (p.state.kind !== 'attempt_open') return;
  const { attempt } = p.state;
  const found = await ask(p, attempt);
  if (found === undefined)
    openCase(p, { kind: 'unknown', object: attempt, reason: `the processor does not answer: ${p.lastError}` });
  else
    await applyOutcome(
      p,
      attempt,
      found.status === 'not_found' ? { status: 'failed', code: 'PROCESSING_ERROR' } : found,
    );
}

function answerOf(p: Purchase, attempt: AttemptId): SubmitAnswer {
  const { state } = p;
  if (state.kind === 'paid') return { status: 'succeeded' };
  if (state.kind === 'attempt_open' && state.phase === 'requires_action') return { status: 'requires_action' };
  if (state.kind === 'awaiting_payment' && state.failed?.attempt === attempt)
    return { status: 'failed', code: state.failed.code };
  return { status: 'processing' };
}
