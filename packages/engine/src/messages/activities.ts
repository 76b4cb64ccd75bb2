import type { EventType } from '../domain/event.js';
import type { AttemptId, DeliveryId, GrantId, RefundId } from '../domain/ids.js';
import type { Amount, PurchaseState } from '../domain/purchase-state.js';
import type { FulfillmentActivities, GrantPlan, RemoteGrantActivities } from './grant-activities.js';
import type { PaymentActivities, RefundActivities, TaxActivities } from './money-activities.js';
import type { OfPurchase } from './served.js';

/** What a run continues from. */
export interface RecordedPurchase {
  readonly state: PurchaseState;
  readonly revision: number;
  readonly attempts: readonly { readonly attempt: AttemptId; readonly asked: Amount }[];
  /** The attempt that was sent last, when the state says nothing of it: the run was lost before it could; absent when there is none. */
  readonly inFlight?: AttemptId;
  readonly pendingRefunds: readonly RefundId[];
  readonly grants: readonly GrantPlan[];
  /** Those of them that an operator decided not to hand over; absent in older histories. */
  readonly waived?: readonly GrantId[];
  /** Milliseconds since 1970; null when not paid. */
  readonly paidAt: number | null;
  readonly processor: string;
  /** Whether something of it can run out; absent in older histories. */
  readonly limited?: boolean;
}

export interface CheckoutActivities {
  /** Makes the payment record that the state goes to. Repeat-safe: an existing record is left alone. */
  createCheckout(input: OfPurchase): Promise<Pick<RecordedPurchase, 'processor' | 'limited'>>;
  /** Reads what a run from the record continues from. Writes nothing. */
  loadRecord(input: OfPurchase): Promise<RecordedPurchase>;
}

export interface GoodsActivities {
  /**
   * Lets go of everything that was set aside, last for `attempt` (the newest on record when left out), unless an attempt is open or the purchase is paid. Repeat-safe:
   * letting go twice is once.
   */
  releaseGoods(input: OfPurchase & { readonly attempt?: AttemptId }): Promise<{ readonly released: number }>;
}

/** An event that belongs to a transition. */
export interface EventOf {
  readonly type: EventType;
  /** The attempt or refund it is about; with payment and type it makes the event's id. */
  readonly object: string;
}

/** A transition: the new state and its events, written together. */
export interface Transition extends OfPurchase {
  readonly revision: number;
  readonly state: PurchaseState;
  /** Milliseconds since 1970 by the workflow's clock. */
  readonly at: number;
  readonly events: readonly EventOf[];
}

export interface EventActivities {
  /**
   * Writes state and events together and starts the deliveries. When paid it also gives the invoice its number and makes the grants. Repeat-safe: the revision guards
   * the state, ids that derive from the purchase guard the rest.
   */
  recordTransition(input: Transition): Promise<{ readonly grants: readonly GrantPlan[] }>;
  /** Records the settled state and starts every delivery that no dispatcher has yet. Repeat-safe: starting a delivery twice is starting it once. */
  emitWebhooks(input: Transition): Promise<{ readonly events: number }>;
}

export interface DeliveryActivities {
  /** Posts one event to one endpoint. Repeat-safe: receivers see the same webhook-id on every attempt. */
  deliverEvent(input: { readonly delivery: DeliveryId }): Promise<{ readonly status: string }>;
}

/** Everything that a worker of purchases offers. */
export type PurchaseActivities = CheckoutActivities &
  TaxActivities &
  PaymentActivities &
  GoodsActivities &
  EventActivities &
  FulfillmentActivities &
  RemoteGrantActivities &
  RefundActivities;
