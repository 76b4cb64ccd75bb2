export { createPurchaseClient } from './temporal-purchase-client.js';
export type { PurchaseClientDeps } from './temporal-purchase-client.js';
export type { PurchaseClient, PurchaseRef } from './purchase-client.js';
export { activityDispatcher, workflowDispatcher } from './webhook-dispatcher.js';
export type { DispatcherDeps } from './webhook-dispatcher.js';
export { startSweeper, sweep } from './sweeper.js';
export type { SweeperDeps } from './sweeper.js';
