import { isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { Temporal } from '../connections/temporal.js';
import { until } from '../until.js';

const ALREADY_EXISTS = 6;
const NOT_FOUND = 5;
const DAY_SECONDS = 86_400;

/** How long Temporal keeps closed purchases at least: a refund window. */
export const MIN_RETENTION_DAYS = 30;

/** What was done about the namespace. */
export interface NamespaceReport {
  readonly name: string;
  readonly change: 'made' | 'retention raised' | 'none';
  readonly retentionDays: number;
}

/** Makes the namespace, or makes it keep closed purchases long enough. Repeat-safe; of two runs at once the second finds it there. */
export async function ensureNamespace(temporal: Temporal): Promise<NamespaceReport> {
  const before = await retentionDays(temporal);
  if (before === undefined) await register(temporal);
  else if (before < MIN_RETENTION_DAYS) await raiseRetention(temporal);
  const now = await until({
    what: `namespace ${temporal.namespace}`,
    forMs: 30_000,
    look: () => retentionDays(temporal),
  });
  const change = before === undefined ? 'made' : before < MIN_RETENTION_DAYS ? 'retention raised' : 'none';
  return { name: temporal.namespace, change, retentionDays: now };
}

/** For how many days closed workflows are kept; undefined when the namespace does not exist. */
export async function retentionDays({ connection, namespace }: Temporal): Promise<number | undefined> {
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_SECONDS;
  } catch (error) {
    if (isGrpcServiceError(error) && Number(error.code) === NOT_FOUND) return undefined;
    throw error;
  }
}

const duration = msToTs(`${MIN_RETENTION_DAYS} days`);

async function register({ connection, namespace }: Temporal): Promise<void> {
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      description: 'Purchases of payonce: one workflow each.',
      workflowExecutionRetentionPeriod: duration,
    });
  } catch (error) {
    if (!isGrpcServiceError(error) || Number(error.code) !== ALREADY_EXISTS) throw error;
  }
}

async function raiseRetention({ connection, namespace }: Temporal): Promise<void> {
  await connection.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: duration } });
}
