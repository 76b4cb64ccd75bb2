import type { Delivery, EventType, PaymentId, PurchaseEvent, Scope } from '../domain/index.js';
import { toEventBody } from '../domain/wire/index.js';
import type { EventData } from '../domain/wire/index.js';
import type { ActivityDeps } from './deps.js';

/** Something to tell the merchant. */
export interface Announcement {
  readonly type: EventType;
  readonly payment: PaymentId;
  /** With payment and type it makes the event's id: the attempt, refund, grant or key concerned. */
  readonly object: string;
  /** The resource as it is now, in the wire's shape. */
  readonly data: EventData<EventType>;
  readonly at: Date;
}

/**
 * Stores events with the body that every delivery of them will carry, one delivery per endpoint that wants them, and starts the deliveries. Repeat-safe: ids derive from
 * the purchase, so the first body stays and a started delivery is not started again.
 */
export async function announce(
  deps: ActivityDeps,
  scope: Scope,
  announcements: readonly Announcement[],
): Promise<void> {
  if (announcements.length === 0) return;
  const { stores, ids } = deps;
  const { business, mode } = scope;
  const events = announcements.map(({ type, payment, object, data, at }): PurchaseEvent => ({
    id: ids.derive('evt', payment, type, object),
    business,
    mode,
    type,
    payment,
    body: toEventBody({ business_id: business, type, timestamp: at.toISOString(), data }),
    createdAt: at,
  }));
  await stores.events.ensure(events);
  const endpoints = await stores.endpoints.listEnabled({ business, mode });
  const deliveries = events.flatMap((event) =>
    endpoints
      .filter(
        ({ filterTypes, createdAt }) =>
          createdAt <= event.createdAt && (filterTypes === null || filterTypes.includes(event.type)),
      )
      .map((endpoint): Delivery => ({
        id: ids.derive('dlv', event.id, endpoint.id),
        business,
        mode,
        event: event.id,
        endpoint: endpoint.id,
        payment: event.payment,
        status: 'pending',
        attempts: 0,
        lastAttemptAt: null,
        lastStatus: null,
        lastError: null,
        dispatchedAt: null,
        createdAt: event.createdAt,
      })),
  );
  await stores.events.ensureDeliveries(deliveries);
  await Promise.all(deliveries.map((delivery) => start(deps, delivery)));
}

/** Hands a delivery to the dispatcher. What fails here is handed over by the last step of the purchase, or by a sweeper. */
export async function start(
  { stores, dispatcher, clock, logger }: ActivityDeps,
  { id, business, mode }: Delivery,
): Promise<void> {
  try {
    await dispatcher.dispatch({ delivery: id, business, mode });
    await stores.events.markDispatched({ id, at: clock.now() });
  } catch (error) {
    logger.warn(
      { delivery: id, error: error instanceof Error ? error.message : 'unknown' },
      'delivery not handed over yet',
    );
  }
}
