import type { Delivery, PurchaseEvent, WebhookEndpoint } from '../domain/event.js';
import type { DeliveryId, EndpointId, EventId, PaymentId } from '../domain/ids.js';
import type { Scope } from '../domain/scope.js';

/** Events and their deliveries. */
export interface EventStore {
  /** Adds events; those whose id exists keep the body they have. */
  ensure(events: readonly PurchaseEvent[]): Promise<void>;
  find(id: EventId): Promise<PurchaseEvent | undefined>;
  listByPayment(payment: PaymentId): Promise<readonly PurchaseEvent[]>;
  /** Adds deliveries; those whose id exists are left as they are. */
  ensureDeliveries(deliveries: readonly Delivery[]): Promise<void>;
  findDelivery(id: DeliveryId): Promise<Delivery | undefined>;
  listDeliveries(filter: { readonly payment: PaymentId }): Promise<readonly Delivery[]>;
  markDispatched(change: { readonly id: DeliveryId; readonly at: Date }): Promise<void>;
  /** Records one post and its answer. */
  recordAttempt(change: {
    readonly id: DeliveryId;
    readonly status: Delivery['status'];
    readonly answer: number | null;
    readonly error: string | null;
    readonly at: Date;
  }): Promise<Delivery>;
  /** Ends a pending delivery without a post: nothing is counted, an ended one keeps its status. Repeat-safe. */
  stopDelivery(change: { readonly id: DeliveryId; readonly error: string; readonly at: Date }): Promise<void>;
  /** Pending, never handed to a dispatcher, older than `before`. */
  listUndispatched(filter: { readonly before: Date; readonly limit: number }): Promise<readonly Delivery[]>;
}

/** Where merchants want events. */
export interface EndpointStore {
  insert(endpoint: WebhookEndpoint): Promise<void>;
  find(id: EndpointId): Promise<WebhookEndpoint | undefined>;
  findScoped(key: Scope & { readonly id: EndpointId }): Promise<WebhookEndpoint | undefined>;
  /** All that are enabled in this scope. */
  listEnabled(scope: Scope): Promise<readonly WebhookEndpoint[]>;
  /** Oldest first, after the given id. */
  list(filter: Scope & { readonly after?: EndpointId; readonly limit: number }): Promise<readonly WebhookEndpoint[]>;
  update(
    change: Scope & {
      readonly id: EndpointId;
      readonly set: Partial<
        Pick<WebhookEndpoint, 'url' | 'description' | 'filterTypes' | 'disabled' | 'metadata' | 'headers' | 'rateLimit'>
      >;
      readonly at: Date;
    },
  ): Promise<boolean>;
  remove(key: Scope & { readonly id: EndpointId }): Promise<boolean>;
}
