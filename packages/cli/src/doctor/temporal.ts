import type { Mode } from '@payonce/plugin-sdk';
import type { CliConfig } from '../config.js';
import { openTemporal } from '../connections/temporal.js';
import type { Temporal } from '../connections/temporal.js';
import { wordsOf } from '../explained.js';
import { deliveryTaskQueue, purchaseTaskQueue } from '../purchase-names.js';
import { MIN_RETENTION_DAYS, retentionDays } from '../setup/namespace.js';
import { searchAttributeProblems } from '../setup/search-attributes.js';
import type { Finding } from './finding.js';

/** From this one on each delivery can be an activity of its own. */
const ACTIVITIES_SINCE = [1, 31] as const;

/** Whether Temporal answers, has what setup makes, and has workers for test mode and, if anything is sold in it, live mode. */
export async function examineTemporal(config: CliConfig, { live }: { readonly live: boolean }): Promise<Finding> {
  const name = 'Temporal';
  try {
    const temporal = await openTemporal(config);
    try {
      const { serverVersion } = await temporal.connection.workflowService.getSystemInfo({});
      const problems = [...versionProblems(serverVersion), ...(await namespaceProblems(temporal, config, { live }))];
      return { name, problems, note: `version ${serverVersion}, namespace ${config.TEMPORAL_NAMESPACE}` };
    } finally {
      await temporal.connection.close();
    }
  } catch (thrown) {
    return { name, problems: [wordsOf(thrown)], note: '' };
  }
}

function versionProblems(version: string): readonly string[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < ACTIVITIES_SINCE[0] || (major === ACTIVITIES_SINCE[0] && minor < ACTIVITIES_SINCE[1]);
  return isOld
    ? [`version ${version} is older than ${ACTIVITIES_SINCE.join('.')}: set WEBHOOK_DISPATCHER=workflow for the worker`]
    : [];
}

async function namespaceProblems(
  temporal: Temporal,
  config: CliConfig,
  { live }: { readonly live: boolean },
): Promise<readonly string[]> {
  const days = await retentionDays(temporal);
  if (days === undefined) return [`namespace ${temporal.namespace} does not exist: run payonce setup`];
  const modes: readonly Mode[] = live ? ['test', 'live'] : ['test'];
  return [
    ...(days < MIN_RETENTION_DAYS ? [`closed purchases are kept for ${days} days only: run payonce setup`] : []),
    ...(await searchAttributeProblems(temporal)),
    ...(
      await Promise.all(modes.map((mode) => workerProblems(temporal, { mode, prefix: config.TASK_QUEUE_PREFIX })))
    ).flat(),
  ];
}

const WORKFLOW_QUEUE = 1;
const ACTIVITY_QUEUE = 2;

async function workerProblems(
  temporal: Temporal,
  queue: { readonly mode: Mode; readonly prefix: string },
): Promise<readonly string[]> {
  const queues = [
    { name: purchaseTaskQueue(queue), taskQueueType: WORKFLOW_QUEUE },
    { name: deliveryTaskQueue(queue), taskQueueType: ACTIVITY_QUEUE },
  ];
  const polled = await Promise.all(
    queues.map(({ name, taskQueueType }) =>
      temporal.connection.workflowService.describeTaskQueue({
        namespace: temporal.namespace,
        taskQueue: { name },
        taskQueueType,
      }),
    ),
  );
  return queues.flatMap(({ name }, index) =>
    (polled[index]?.pollers.length ?? 0) > 0 ? [] : [`no worker has polled ${name} in the last minutes`],
  );
}
