import { CancellationScope, condition } from '@temporalio/workflow';
import type { GrantOutcome, Resolution, WorkersWord } from '../messages/index.js';
import { closeCase } from './attention.js';
import { now } from './clock.js';
import type { Purchase } from './purchase-context.js';
import { askWorker } from './remote-worker.js';
import type { RemotePlan, RemoteStep } from './remote-worker.js';
import { steps } from './steps.js';

/** An operator decided while a worker was awaited. */
export interface Decided {
  readonly status: 'decided';
  readonly decision: Resolution;
}

/** Hands over by a worker that is not ours. What it stored is the outcome, whatever it says, and however we learn of it. */
export async function fulfillRemotely(p: Purchase, plan: RemotePlan): Promise<GrantOutcome | Decided> {
  const { grant } = plan;
  const opened = await steps.openGrant({ ...p.of, grant, at: now() });
  if (opened.status !== 'pending') return opened;
  const done = await untilDone(p, { plan, step: 'fulfillGrant' }, async (said) => {
    const outcome = await steps.acceptGrant({ ...p.of, grant, at: now(), said });
    return outcome.status === 'pending' && said === null ? undefined : outcome;
  });
  return done ?? { status: 'revoked', code: null };
}

/** Has a delivery taken back by a worker that is not ours: null when it is, else the code of why not. */
export async function revokeRemotely(p: Purchase, plan: RemotePlan): Promise<{ code: string } | Decided | null> {
  const done = await untilDone(p, { plan, step: 'revokeGrant' }, async (said) => {
    const { takenBack } = await steps.acceptRevocation({ ...p.of, grant: plan.grant });
    if (takenBack) return 'taken_back';
    if (said === null || said.status === 'pending') return undefined;
    return { code: said.code ?? 'revocation_not_stored' };
  });
  return done === undefined || done === 'taken_back' ? null : done;
}

/**
 * Waits until the worker's word, a report over HTTP or an operator ends a step; undefined when a refund ended what was to be handed over. `read` looks at the record and answers
 * undefined when there is more to wait for.
 */
async function untilDone<Answer>(
  p: Purchase,
  step: Omit<RemoteStep, 'isOver'>,
  read: (said: WorkersWord | null) => Promise<Answer | undefined>,
): Promise<Answer | Decided | undefined> {
  const { grant } = step.plan;
  const caseId = `grant:${grant}`;
  const work = new CancellationScope();
  let word: WorkersWord | null = null;
  let isOver = false;
  work
    .run(() => askWorker(p, { ...step, isOver: () => isOver }))
    .then((said) => void (word = said))
    .catch(() => undefined);
  const decision = () => p.cases.get(caseId)?.resolution;
  const isEnded = () => step.step === 'fulfillGrant' && p.endedGrants.has(grant);
  try {
    for (;;) {
      await condition(() => word !== null || p.toldGrants.has(grant) || decision() !== undefined || isEnded());
      const decided = decision();
      if (decided !== undefined) return { status: 'decided', decision: decided };
      if (isEnded()) return undefined;
      const said = word;
      word = null;
      p.toldGrants.delete(grant);
      const answer = await read(said);
      if (answer !== undefined) return answer;
    }
  } finally {
    isOver = true;
    // What lies on the queue is taken off it; what a worker may be about to finish it finishes, and finds nothing to do.
    if (p.cases.has(caseId)) work.cancel();
    closeCase(p, caseId);
  }
}
