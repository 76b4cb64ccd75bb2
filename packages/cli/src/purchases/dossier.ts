import type { Attempt, Delivery, EntitlementGrant, Payment, PurchaseEvent, Session } from '@payonce/engine/domain';
import type { Desk } from '../connections/shop.js';
import { findPurchase } from './find-purchase.js';
import { isRunning, liveState } from './workflow.js';
import type { Live } from './workflow.js';

/** Everything that is known of a purchase. */
export interface Dossier {
  readonly session: Session;
  readonly payment: Payment | undefined;
  /** undefined when Temporal knows no workflow of it. */
  readonly running: boolean | undefined;
  readonly live: Live;
  readonly attempts: readonly Attempt[];
  readonly grants: readonly EntitlementGrant[];
  readonly events: readonly PurchaseEvent[];
  readonly deliveries: readonly Delivery[];
}

/** Gathers it from the records and from the workflow itself. */
export async function gatherDossier(desk: Desk, id: string): Promise<Dossier> {
  const { session, payment } = await findPurchase(desk, id);
  const { attempts, grants, events } = desk.stores;
  const of = session.payment;
  const [running, live, ...lists] = await Promise.all([
    isRunning(desk, session.id),
    liveState(desk, session.id),
    attempts.list({ payment: of }),
    grants.listByPayment(of),
    events.listByPayment(of),
    events.listDeliveries({ payment: of }),
  ]);
  return {
    session,
    payment,
    running,
    live,
    attempts: lists[0],
    grants: lists[1],
    events: lists[2],
    deliveries: lists[3],
  };
}
