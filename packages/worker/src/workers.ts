import type { Mode } from '@payonce/plugin-sdk';
import { deliveryActivities, purchaseActivities } from '@payonce/engine/activities';
import type { ActivityDeps, DeliveryDeps } from '@payonce/engine/activities';
import { deliveryTaskQueue, purchaseTaskQueue } from '@payonce/engine/messages';
import { Worker } from '@temporalio/worker';
import type { NativeConnection } from '@temporalio/worker';

/** What the workers of one process share. */
export interface WorkersDeps extends ActivityDeps, Pick<DeliveryDeps, 'sender' | 'signer'> {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueuePrefix: string;
  readonly modes: readonly Mode[];
  readonly workflowBundle: { readonly codePath: string };
}

/** Long enough for a charge in flight to be answered and written down. */
const GRACE = '25 seconds';

/** Per mode two workers: purchases, and deliveries apart from them, so that slow endpoints delay no purchase. */
export async function createWorkers(deps: WorkersDeps): Promise<readonly Worker[]> {
  return Promise.all(deps.modes.flatMap((mode) => [purchaseWorker(deps, mode), deliveryWorker(deps, mode)]));
}

const purchaseWorker = (deps: WorkersDeps, mode: Mode): Promise<Worker> =>
  Worker.create({
    connection: deps.connection,
    namespace: deps.namespace,
    taskQueue: purchaseTaskQueue({ mode, prefix: deps.taskQueuePrefix }),
    workflowBundle: deps.workflowBundle,
    activities: purchaseActivities(deps),
    shutdownGraceTime: GRACE,
    maxConcurrentActivityTaskExecutions: 100,
  });

const deliveryWorker = (deps: WorkersDeps, mode: Mode): Promise<Worker> =>
  Worker.create({
    connection: deps.connection,
    namespace: deps.namespace,
    taskQueue: deliveryTaskQueue({ mode, prefix: deps.taskQueuePrefix }),
    workflowBundle: deps.workflowBundle,
    activities: deliveryActivities(deps),
    shutdownGraceTime: GRACE,
    maxConcurrentActivityTaskExecutions: 50,
  });
