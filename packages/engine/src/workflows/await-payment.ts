import { CancellationScope, condition, sleep } from '@temporalio/workflow';
import { closeCase } from './attention.js';
import { applyReport, lookUp, serveSubmission } from './attempts.js';
import { showDetails } from './details.js';
import { endSession } from './end-session.js';
import { resolveHold, resolveUnknown } from './operator.js';
import { waitBefore } from './ladder.js';
import type { Purchase } from './purchase-context.js';
import { now } from './clock.js';

/** The main loop until the money moved or the session ended: the only place that charges, looks up, applies reports and expires. True when paid. */
export async function awaitPayment(p: Purchase): Promise<boolean> {
  const expiry = watchExpiry(p);
  while (p.state.kind !== 'paid' && (p.state.kind !== 'closed' || p.reports.length + p.deferred.length > 0)) {
    showDetails(p);
    const step = await nextStep(p);
    await step(p);
  }
  expiry.cancel();
  p.reports.push(...p.deferred.splice(0));
  for (const { id, kind } of [...p.cases.values()]) if (kind === 'unknown') closeCase(p, id);
  return p.state.kind === 'paid';
}

type Step = (p: Purchase) => Promise<void>;

/** Waits until there is something to do; an open attempt is looked up when its rung of the ladder is over. */
async function nextStep(p: Purchase): Promise<Step> {
  const step = dueStep(p);
  if (step) return step;
  const isReady = () => dueStep(p) !== undefined;
  if (p.state.kind !== 'attempt_open') await condition(isReady);
  else if (!(await condition(isReady, waitBefore(p.rung), { summary: 'until the processor is asked' }))) {
    p.rung += 1;
    return lookUp;
  }
  return dueStep(p) ?? (async () => undefined);
}

/** Money first: what the processor said, then what operators and buyers want, then the end. */
function dueStep(p: Purchase): Step | undefined {
  if (p.reports.length > 0 || (p.deferred.length > 0 && p.state.kind !== 'attempt_open')) return applyReport;
  if (p.state.kind === 'held') return resolveHold;
  if ([...p.cases.values()].some(({ kind, resolution }) => kind === 'unknown' && resolution !== undefined))
    return resolveUnknown;
  if (p.lookUpNow) return lookUp;
  if (p.submission !== null) return serveSubmission;
  if ((p.expired || p.cancelRequested) && canEnd(p)) return endSession;
  return undefined;
}

/** What is processing or unknown suspends the end: money may still land. */
const canEnd = ({ state }: Purchase): boolean =>
  state.kind === 'awaiting_payment' || (state.kind === 'attempt_open' && state.phase === 'requires_action');

/** One timer for the whole session. */
function watchExpiry(p: Purchase): CancellationScope {
  const scope = new CancellationScope();
  if (p.state.kind === 'closed') return scope;
  void scope
    .run(async () => {
      await sleep(Math.max(p.deadline - now(), 1), { summary: 'the session is payable' });
      p.expired = true;
    })
    .catch(() => undefined);
  return scope;
}
