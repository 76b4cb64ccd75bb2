import { ApplicationFailure, CancellationScope, condition, setHandler } from '@temporalio/workflow';
import {
  RESOLUTIONS,
  buyerReturnedSignal,
  cancelCheckoutSignal,
  endGrantSignal,
  grantCompletedSignal,
  processorReportedSignal,
  refundSignal,
  resolveUpdate,
  retryFulfillmentUpdate,
  stateQuery,
  submitPaymentUpdate,
} from '../messages/index.js';
import type { Resolution, SubmitAnswer } from '../messages/index.js';
import type { AttemptId } from '../domain/ids.js';
import { findCase } from './attention.js';
import { viewOf } from './details.js';
import { isAttemptId, isGrantId, isRecord, isRefundRequest, isReport } from './inputs.js';
import type { Purchase } from './purchase-context.js';

/** Handlers only record and wait: the main loop does the work. Signal handlers never throw; what they cannot read they drop. */
export function listen(p: Purchase): void {
  setHandler(stateQuery, () => viewOf(p), {
    description: 'Where the purchase stands, what it waits for and which cases need a decision.',
  });
  setHandler(submitPaymentUpdate, (pressed: unknown) => submit(p, pressed), {
    description: 'A press of Pay: {"attempt":"att_…"}. Answers its first outcome.',
  });
  listenToReports(p);
  listenToOperators(p);
  // A cancellation before the money moved ends the session; after that it changes nothing.
  CancellationScope.current()
    .cancelRequested.catch(() => {
      p.cancelRequested = true;
    })
    .catch(() => undefined);
}

async function submit(p: Purchase, pressed: unknown): Promise<SubmitAnswer> {
  if (!isRecord(pressed) || !isAttemptId(pressed['attempt'])) return { status: 'refused', reason: 'unknown_attempt' };
  const attempt = pressed['attempt'];
  const known = p.answers.get(attempt);
  if (known !== undefined) return known;
  const settled = answerWithoutTrying(p, attempt);
  if (settled !== undefined) return settled;
  p.submission = attempt;
  await condition(() => p.answers.has(attempt));
  return p.answers.get(attempt) ?? { status: 'processing' };
}

/** A paid purchase answers the winner's result; a second press while one is served, and one after the end, is refused. */
function answerWithoutTrying(p: Purchase, attempt: AttemptId): SubmitAnswer | undefined {
  if (p.state.kind === 'paid') return { status: 'succeeded' };
  if (p.state.kind === 'held') return { status: 'processing' };
  if (p.state.kind === 'closed' || p.closing) return { status: 'refused', reason: 'expired' };
  if (p.submission !== null && p.submission !== attempt)
    return { status: 'refused', reason: 'previous_payment_pending' };
  if (p.state.kind === 'attempt_open' && p.state.phase !== 'requires_action') {
    return p.state.attempt === attempt
      ? { status: 'processing' }
      : { status: 'refused', reason: 'previous_payment_pending' };
  }
  return undefined;
}

function listenToReports(p: Purchase): void {
  setHandler(
    processorReportedSignal,
    (report: unknown) => {
      if (!isReport(report)) return;
      if (report.kind === 'payment') p.reports.push(report);
      else if (report.status !== 'pending') p.refundReports.set(report.refund, report.status);
    },
    { description: 'What the processor reported; sent by the inbox.' },
  );
  setHandler(
    buyerReturnedSignal,
    (returned: unknown) => {
      if (isRecord(returned) && p.state.kind === 'attempt_open' && p.state.attempt === returned['attempt'])
        p.lookUpNow = true;
    },
    { description: 'The buyer is back from the processor: look the attempt up now.' },
  );
  setHandler(
    grantCompletedSignal,
    (completed: unknown) => {
      for (const { grant } of p.grants)
        if (isRecord(completed) && completed['grant'] === grant) p.toldGrants.add(grant);
    },
    { description: 'Something about a grant was recorded through the API: read the record.' },
  );
}

function listenToOperators(p: Purchase): void {
  setHandler(
    refundSignal,
    (request: unknown) => {
      if (isRefundRequest(request)) p.refundRequests.push(request);
    },
    {
      description: 'Gives money back: {} for all that is left, {"amount":500,"reason":"…"} for a part, in minor units.',
    },
  );
  setHandler(
    endGrantSignal,
    (request: unknown) => {
      if (isRecord(request) && isGrantId(request['grant'])) p.endRequests.push(request['grant']);
    },
    { description: 'Access by a grant ends: {"grant":"entg_…"}. Takes back what its provider handed over.' },
  );
  setHandler(
    cancelCheckoutSignal,
    () => {
      p.cancelRequested = true;
    },
    { description: 'Ends an unpaid session.' },
  );
  setHandler(resolveUpdate, (resolution) => resolve(p, resolution), {
    validator: (resolution) => void caseFor(p, resolution),
    description:
      'Decides a case: {"case":"grant:entg_…","action":"retry","actor":"…","evidence":"…"}. The query state lists cases and actions.',
  });
  setHandler(
    retryFulfillmentUpdate,
    async (request: unknown) => {
      const { grant, actor = 'unnamed' } = isRecord(request) ? request : {};
      const parked = [...p.cases.values()].filter(
        ({ kind, object }) => kind === 'grant' && (grant === undefined || object === grant),
      );
      for (const open of parked) open.resolution = { case: open.id, action: 'retry', actor: String(actor) };
      await condition(() => parked.every((open) => p.cases.get(open.id) !== open));
      return { retried: parked.map(({ object }) => object) };
    },
    { description: 'Tries the grants that failed once more: {"actor":"…"}, or one of them by {"grant":"entg_…"}.' },
  );
}

async function resolve(p: Purchase, resolution: Resolution): Promise<{ resolved: string }> {
  const open = caseFor(p, resolution);
  open.resolution = resolution;
  await condition(() => p.cases.get(open.id) !== open);
  return { resolved: open.id };
}

function caseFor(p: Purchase, resolution: Resolution) {
  const open = isRecord(resolution) ? findCase(p, resolution.case) : undefined;
  if (open === undefined)
    throw refuse('case_not_found', `no such case; open are: ${[...p.cases.keys()].join(', ') || 'none'}`);
  const actions: readonly string[] = RESOLUTIONS[open.kind];
  if (!actions.includes(resolution.action))
    throw refuse('action_not_found', `${open.id} can be resolved by ${actions.join(', ')}`);
  if (!resolution.actor) throw refuse('actor_missing', 'say who decides: "actor":"name"');
  const needsEvidence = ['markPaid', 'markDone', 'deliverByHand'].includes(resolution.action);
  if (needsEvidence && !resolution.evidence)
    throw refuse('evidence_missing', `${resolution.action} needs "evidence", such as the processor's transaction id`);
  return open;
}

const refuse = (type: string, message: string) => ApplicationFailure.nonRetryable(message, type);
