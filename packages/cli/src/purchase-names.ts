/** The one place that takes names and shapes from what crosses into a workflow. */
export {
  RESOLUTIONS,
  SEARCH_ATTRIBUTES,
  deliveryTaskQueue,
  purchaseTaskQueue,
  purchaseWorkflowId,
} from '@payonce/engine/client';
export type { AttentionCase, PurchaseView, Resolution } from '@payonce/engine/client';
