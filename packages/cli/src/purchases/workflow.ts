import { WorkflowNotFoundError } from '@temporalio/client';
import type { SessionId } from '@payonce/engine/domain';
import type { Shop } from '../connections/shop.js';
import { wordsOf } from '../explained.js';
import { purchaseWorkflowId } from '../purchase-names.js';
import type { PurchaseView } from '../purchase-names.js';

/** Whether a purchase's workflow runs; undefined when Temporal knows none. */
export async function isRunning(
  { temporal }: Pick<Shop, 'temporal'>,
  session: SessionId,
): Promise<boolean | undefined> {
  try {
    const { status } = await temporal.client.workflow.getHandle(purchaseWorkflowId(session)).describe();
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** What the workflow itself says, or why it does not. */
export type Live = { readonly view: PurchaseView } | { readonly silence: string };

/** Asks the workflow. It answers while a worker is there, also when it has ended. */
export async function liveState({ purchases }: Pick<Shop, 'purchases'>, session: SessionId): Promise<Live> {
  try {
    return { view: await purchases.state({ session }) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { silence: 'Temporal has no workflow of this purchase' };
    return { silence: `the workflow does not answer: is a worker running? (${wordsOf(error)})` };
  }
}
