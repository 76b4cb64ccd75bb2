import { CancellationScope, condition, sleep } from '@temporalio/workflow';
import { closeCase } from './attention.js';
import { applyReport, lookUp, serveSubmission } from './attempts.js';
import { showDetails } from './details.js';
import { endSession } from './end-session.js';
import { holdsInVain, isReleaseDue, releaseGoods } from './goods.js';
import { dismissFaults, resolveHold, resolveUnknown } from './operator.js';
import { waitBefore } from './ladder.js';
import type { AttentionKind } from '../messages/index.js';
import type { Purchase } from './purchase-context.js';
import { now } from './clock.js';

/** The main loop until the money moved or the session ended: the only place that charges, looks up, applies reports and expires. True when paid. */
export async function awaitPayment(p: Purchase): Promise<boolean> {
  const expiry = watchExpiry(p);
  while (!isOver(p)) {
    showDetails(p);
    const step = await nextStep(p);
    await step(p);
  }
  expiry.cancel();
  p.reports.push(...p.deferred.splice(0));
  for (const { id, kind } of [...p.cases.values()]) if (MOOT.includes(kind)) closeCase(p, id);
  return p.state.kind === 'paid';
}

/** The session ended, and nothing is left to hear or to let go. */
const isOver = (p: Purchase): boolean =>
  p.state.kind === 'paid' || (p.state.kind === 'closed' && p.reports.length + p.deferred.length === 0 && !p.holding);

/** Cases that end with the wait for the money. */
const MOOT: readonly AttentionKind[] = ['unknown', 'processor', 'goods'];

type Step = (p: Purchase) => Promise<void>;

/** Waits until there is something to do; an open attempt is looked up when its rung of the ladder is over. */
async function nextStep(p: Purchase): Promise<Step> {
  const step = dueStep(p);
  if (step) return step;
  const isReady = () => dueStep(p) !== undefined;
  if (holdsInVain(p)) {
    const wait = waitBefore(p.failedReleases - 1);
    if (!(await condition(isReady, wait, { summary: 'until the provider is asked again' }))) return releaseGoods;
  } else if (p.state.kind !== 'attempt_open') await condition(isReady);
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
  if (isDecided(p, 'unknown')) return resolveUnknown;
  if (isDecided(p, 'processor')) return dismissFaults;
  if (p.lookUpNow) return lookUp;
  if (p.submission !== null) return serveSubmission;
  if (isReleaseDue(p)) return releaseGoods;
  if ((p.expired || p.cancelRequested) && canEnd(p)) return endSession;
  return undefined;
}

const isDecided = ({ cases }: Purchase, of: AttentionKind): boolean =>
  [...cases.values()].some(({ kind, resolution }) => kind === of && resolution !== undefined);

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
