import {
  ActivityFailure,
  ApplicationFailure,
  TimeoutFailure,
  isCancellation,
  proxyActivities,
} from '@temporalio/workflow';
import type { GrantPlan, RemoteWorkerActivities, WorkersWord } from '../messages/index.js';
import { closeCase, openCase } from './attention.js';
import { isRecord } from './inputs.js';
import type { Purchase } from './purchase-context.js';

/** A grant whose provider has a worker of its own. */
export type RemotePlan = GrantPlan & { readonly taskQueue: string };

export const isRemote = (plan: GrantPlan): plan is RemotePlan => plan.taskQueue !== undefined;

/** One step of somebody else's worker. */
export interface RemoteStep {
  readonly plan: RemotePlan;
  readonly step: keyof RemoteWorkerActivities;
  /** Whether nobody needs the worker's word any more. */
  isOver(): boolean;
}

/** Nothing is known of the worker: it need not heartbeat, so what it takes longer for it calls pending and reports later. */
const startToCloseTimeout = '2 minutes';

/** A worker that is there takes a step within this time; what lies longer is shown. */
const offered = (taskQueue: string) =>
  proxyActivities<RemoteWorkerActivities>({
    taskQueue,
    startToCloseTimeout,
    scheduleToStartTimeout: '30 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes', maximumAttempts: 8 },
  });

/** Lies on the queue until somebody comes. One try: who came is then offered it like everybody. */
const lying = (taskQueue: string) =>
  proxyActivities<RemoteWorkerActivities>({ taskQueue, startToCloseTimeout, retry: { maximumAttempts: 1 } });

/** Has a step done by a worker that is not ours, for as long as it takes one to come; meanwhile the step is on the operator's list. Throws only when it is cancelled. */
export async function askWorker(
  p: Purchase,
  { plan: { grant, taskQueue }, step, isOver }: RemoteStep,
): Promise<WorkersWord> {
  for (;;) {
    try {
      return wordOf(await offered(taskQueue)[step]({ grant }));
    } catch (error) {
      if (!isUntaken(error) || isOver()) return wordFor(error);
    }
    const worker = `a worker on task queue ${taskQueue}`;
    const open = openCase(p, { kind: 'grant', object: grant, reason: `waiting for ${worker}`, orUntil: worker });
    try {
      return wordOf(await lying(taskQueue)[step]({ grant }));
    } catch (error) {
      if (isFinal(error)) return wordFor(error);
    } finally {
      if (p.cases.get(open.id) === open) closeCase(p, open.id);
    }
  }
}

const STATUSES: readonly unknown[] = ['delivered', 'revoked', 'pending', 'failed'];

/** Reads what the worker answered: a status, and of a failure its code. */
function wordOf(answer: unknown): WorkersWord {
  const { status, code } = isRecord(answer) ? answer : {};
  if (!STATUSES.includes(status)) return { status: 'failed', code: 'worker_answer_invalid' };
  if (status === 'failed') return { status, code: codeOf(code) };
  return { status: status === 'pending' ? 'pending' : 'delivered', code: null };
}

/** Its failure, by our code or its own; never its words. */
function wordFor(error: unknown): WorkersWord {
  if (isCancellation(error)) throw error;
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  if (cause instanceof TimeoutFailure) return { status: 'failed', code: 'worker_timeout' };
  return { status: 'failed', code: codeOf(cause instanceof ApplicationFailure ? cause.type : undefined) };
}

const codeOf = (code: unknown): string =>
  typeof code === 'string' && /^[a-z][a-z0-9_]{0,63}$/.test(code) ? code : 'worker_failed';

const isUntaken = (error: unknown): boolean =>
  error instanceof ActivityFailure &&
  error.cause instanceof TimeoutFailure &&
  error.cause.timeoutType === 'SCHEDULE_TO_START';

const isFinal = (error: unknown): boolean =>
  isCancellation(error) ||
  (error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.nonRetryable === true);
