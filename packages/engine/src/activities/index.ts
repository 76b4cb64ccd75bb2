import type { PurchaseActivities } from '../messages/index.js';
import { checkoutActivities } from './checkout.js';
import type { ActivityDeps } from './deps.js';
import { eventActivities } from './event.js';
import { fulfillmentActivities } from './fulfillment.js';
import { paymentActivities } from './payment.js';
import { refundActivities } from './refund.js';
import { goodsActivities } from './set-aside.js';
import { remoteFulfillmentActivities } from './remote-fulfillment.js';
import { taxActivities } from './tax.js';

export { deliveryActivities } from './delivery.js';
export type { DeliveryDeps } from './delivery.js';
export type { ActivityDeps } from './deps.js';

/** Everything that a worker of purchases offers, as closures over what they need. */
export const purchaseActivities = (deps: ActivityDeps): PurchaseActivities => ({
  ...checkoutActivities(deps),
  ...taxActivities(deps),
  ...paymentActivities(deps),
  ...eventActivities(deps),
  ...fulfillmentActivities(deps),
  ...remoteFulfillmentActivities(deps),
  ...goodsActivities(deps),
  ...refundActivities(deps),
});
