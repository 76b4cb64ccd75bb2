import { isId } from '@payonce/engine/domain';
import type { SessionId } from '@payonce/engine/domain';
import type { Shop } from '../connections/shop.js';

/** The most that is asked about: more than a person can look at. */
const MOST = 200;
const PREFIX = 'purchase/';

/** Running purchases with a status that operators search by; visibility is a second or so behind. */
export async function runningWith({ temporal }: Pick<Shop, 'temporal'>, status: string): Promise<readonly SessionId[]> {
  const query = `WorkflowType = 'purchase' AND ExecutionStatus = 'Running' AND PurchaseStatus = '${status}'`;
  const sessions: SessionId[] = [];
  for await (const { workflowId } of temporal.client.workflow.list({ query })) {
    const session = workflowId.slice(PREFIX.length);
    if (workflowId.startsWith(PREFIX) && isId('cks', session)) sessions.push(session);
    if (sessions.length === MOST) break;
  }
  return sessions;
}
