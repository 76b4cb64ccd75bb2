import type { DeliveryId, EndpointId, EventId, PaymentId } from './ids.js';
import type { Scope } from './scope.js';

/** What merchants are told about. */
export const EVENT_TYPES = [
  'payment.succeeded',
  'payment.failed',
  'payment.processing',
  'payment.cancelled',
  'refund.succeeded',
  'refund.failed',
  'license_key.created',
  'entitlement_grant.delivered',
  'entitlement_grant.failed',
  'entitlement_grant.revoked',
] as const;

/** One of {@link EVENT_TYPES}. */
export type EventType = (typeof EVENT_TYPES)[number];

/** Something that happened, with the body that every delivery of it carries. */
export interface PurchaseEvent extends Scope {
  readonly id: EventId;
  readonly type: EventType;
  readonly payment: PaymentId;
  /** Compact JSON, made when the event was: identical over all attempts. */
  readonly body: string;
  readonly createdAt: Date;
}

/** Where a merchant wants events. */
export interface WebhookEndpoint extends Scope {
  readonly id: EndpointId;
  readonly url: string;
  readonly description: string;
  /** 'whsec_' and base64. */
  readonly secret: string;
  /** null for all types. */
  readonly filterTypes: readonly EventType[] | null;
  readonly disabled: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly rateLimit: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One event on its way to one endpoint. Its state decides what is sent next, never its existence. */
export interface Delivery extends Scope {
  readonly id: DeliveryId;
  readonly event: EventId;
  readonly endpoint: EndpointId;
  readonly payment: PaymentId;
  readonly status: 'pending' | 'delivered' | 'failed' | 'stopped';
  /** How many times it was posted. */
  readonly attempts: number;
  readonly lastAttemptAt: Date | null;
  /** Status of the newest answer; null when there was none. */
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  /** When a dispatcher took it over; null until then, so that a sweeper can hand over what a crash left behind. */
  readonly dispatchedAt: Date | null;
  readonly createdAt: Date;
}
