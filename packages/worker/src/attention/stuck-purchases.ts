import type { Client } from '@temporalio/client';
import { PAYMENT_ID, STUCK_SINCE } from '@payonce/engine/messages';
import type { Mode } from '@payonce/plugin-sdk';
import type { WorkflowExecutionInfo } from '@temporalio/client';

/** A purchase that waits for a person. */
export interface StuckPurchase {
  readonly workflowId: string;
  readonly payment: string;
  readonly since: Date;
}

/** The longest list that is read: more than a person can look at, and still cheap to ask for. */
const MOST_LISTED = 1_000;

type OfMode = { readonly client: Client; readonly mode: Mode };

/** Quoted, because a bare Mode is a word of the query language. */
const queryFor = ({ mode, status }: { readonly mode: Mode; readonly status: string }): string =>
  `WorkflowType = 'purchase' AND ExecutionStatus = 'Running' AND PurchaseStatus = '${status}' AND \`Mode\` = '${mode}'`;

/** How many purchases of a mode have this status in the visibility store, which is a second or so behind. */
export async function countPurchases({ client, ...of }: OfMode & { readonly status: string }): Promise<number> {
  return (await client.workflow.count(queryFor(of))).count;
}

/** The purchases of a mode that wait for a person, at most {@link MOST_LISTED}. */
export async function stuckPurchases({ client, mode }: OfMode): Promise<readonly StuckPurchase[]> {
  const found: StuckPurchase[] = [];
  for await (const execution of client.workflow.list({ query: queryFor({ mode, status: 'needs_attention' }) })) {
    found.push(toStuck(execution));
    if (found.length === MOST_LISTED) break;
  }
  return found;
}

const toStuck = ({ workflowId, typedSearchAttributes, startTime }: WorkflowExecutionInfo): StuckPurchase => ({
  workflowId,
  payment: typedSearchAttributes.get(PAYMENT_ID) ?? workflowId,
  since: typedSearchAttributes.get(STUCK_SINCE) ?? startTime,
});
