import type { Session } from '../domain/index.js';
import { initialAttributes, purchaseTaskQueue, purchaseWorkflowId } from '../messages/index.js';
import type { PurchaseInput } from '../messages/index.js';
import type { BusinessStore } from '../ports/index.js';

/** Money can come back within this many days when the business has not said. */
const DEFAULT_REFUND_WINDOW_DAYS = 30;

/** How a purchase is started: under its one id, with what operators search by, and without a word about people. */
export async function startOptions(
  { businesses, taskQueuePrefix }: { readonly businesses: BusinessStore; readonly taskQueuePrefix: string },
  { session, from }: { readonly session: Session; readonly from: PurchaseInput['from'] },
) {
  const business = await businesses.find(session.business);
  const input: PurchaseInput = {
    session: session.id,
    payment: session.payment,
    business: session.business,
    mode: session.mode,
    ttlSeconds: Math.round((session.expiresAt.getTime() - session.createdAt.getTime()) / 1000),
    refundWindowDays: business?.refundWindowDays ?? DEFAULT_REFUND_WINDOW_DAYS,
    from,
  };
  return {
    workflowId: purchaseWorkflowId(session.id),
    taskQueue: purchaseTaskQueue({ mode: session.mode, prefix: taskQueuePrefix }),
    args: [input],
    staticSummary: `${session.payment} (${session.mode})`,
    typedSearchAttributes: initialAttributes(session),
  };
}
