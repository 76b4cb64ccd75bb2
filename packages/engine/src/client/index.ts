export { connectTemporal } from './connect-temporal.js';
export type { TemporalConnection } from './connect-temporal.js';
export { createPurchaseClient } from './temporal-purchase-client.js';
export type { PurchaseClientDeps } from './temporal-purchase-client.js';
export type { PurchaseClient, PurchaseRef } from './purchase-client.js';
export { activityDispatcher, workflowDispatcher } from './webhook-dispatcher.js';
export type { DispatcherDeps } from './webhook-dispatcher.js';
export { startSweeper, sweep } from './sweeper.js';
export type { SweeperDeps } from './sweeper.js';
export { createGrantReports } from './report-grant.js';
export type { GrantReports, GrantReportsDeps } from './report-grant.js';
export { routeInbox } from './route-inbox.js';
export type { RouteInboxDeps } from './route-inbox.js';
/** The names by which operators' tools find and speak to purchases. */
export {
  PURCHASE_STATUS,
  RESOLUTIONS,
  SEARCH_ATTRIBUTES,
  deliveryTaskQueue,
  purchaseTaskQueue,
  purchaseWorkflowId,
} from '../messages/index.js';
export type { AttentionCase, PurchaseView, Resolution } from '../messages/index.js';
