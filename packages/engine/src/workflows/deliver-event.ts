import { proxyActivities } from '@temporalio/workflow';
import type { DeliveryId } from '../domain/ids.js';
import type { DeliveryActivities } from '../messages/index.js';

const { deliverEvent: post } = proxyActivities<DeliveryActivities>({
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 1 },
});

/** One event to one endpoint, for servers that have no standalone activities. When to try again is the activity's to say. */
export async function deliverEvent(input: { readonly delivery: DeliveryId }): Promise<{ readonly status: string }> {
  return post(input);
}
