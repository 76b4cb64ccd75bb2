import { EVENT_TYPES } from '@payonce/engine/domain';
import type { EventType } from '@payonce/engine/domain';

/** Types of the public API that never happen here. An endpoint may ask for them; it gets none. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'dispute.opened',
  'dispute.expired',
  'dispute.accepted',
  'dispute.cancelled',
  'dispute.challenged',
  'dispute.won',
  'dispute.lost',
  'subscription.active',
  'subscription.renewed',
  'subscription.on_hold',
  'subscription.past_due',
  'subscription.paused',
  'subscription.unpaused',
  'subscription.cancelled',
  'subscription.failed',
  'subscription.expired',
  'subscription.plan_changed',
  'subscription.updated',
  'subscription.update_payment_method',
  'payout.created',
  'payout.on_hold',
  'payout.in_progress',
  'payout.failed',
  'payout.success',
  'credit.added',
  'credit.deducted',
  'credit.expired',
  'credit.rolled_over',
  'credit.rollover_forfeited',
  'credit.overage_charged',
  'credit.overage_reset',
  'credit.manual_adjustment',
  'credit.balance_low',
  'abandoned_checkout.detected',
  'abandoned_checkout.recovered',
  'dunning.started',
  'dunning.recovered',
  'entitlement_grant.created',
]);

/** Whether a text is an event type of the public API, sent here or not. */
export const isEventType = (type: string): boolean => isSent(type) || NEVER_SENT.has(type);

/** The types that can be sent, of those that were asked for; null for all of them. */
export const sentTypes = (types: readonly string[] | null | undefined): readonly EventType[] | null =>
  types?.filter(isSent) ?? null;

function isSent(type: string): type is EventType {
  return EVENT_TYPES.some((known) => known === type);
}
