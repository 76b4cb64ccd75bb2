import type { WorkflowHandle } from '@temporalio/client';

/** Everything that a person can read of a run: names, inputs, results, failures, memo, search attributes, summaries, and what its screen shows now. */
export async function textOf(workflow: WorkflowHandle): Promise<string> {
  const [history, shown] = await Promise.all([workflow.fetchHistory(), screenOf(workflow)]);
  return [...texts(history), shown].join('\n');
}

/** What the operator's screen shows now. */
export async function screenOf(workflow: WorkflowHandle): Promise<string> {
  const metadata = await workflow.query<{ readonly currentDetails?: string }>('__temporal_workflow_metadata');
  return metadata.currentDetails ?? '';
}

/** All texts below a value; payloads are bytes that hold JSON. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}
