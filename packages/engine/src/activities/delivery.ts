import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { nextDelayMs } from '../domain/delivery-schedule.js';
import type { Delivery, PurchaseEvent, WebhookEndpoint } from '../domain/event.js';
import type { DeliveryId } from '../domain/ids.js';
import type { DeliveryActivities } from '../messages/activities.js';
import type { Logger, Stores } from '../ports/index.js';
import { endpointSlots } from './endpoint-slots.js';
import type { EndpointSlots } from './endpoint-slots.js';
import { finalFailure } from './failures.js';
import type { PostDeps, PostOutcome } from './webhook-post.js';
import { postEvent } from './webhook-post.js';

const GONE = 410;
const MAX_PER_ENDPOINT = 8;
const INTERRUPTED_RETRY_MS = 30_000;

/** The failure type of a post that is tried again; its `nextRetryDelay` is the schedule's. */
const WEBHOOK_NOT_DELIVERED = 'webhook_not_delivered';

/** What deliveries need. */
export interface DeliveryDeps extends PostDeps {
  readonly stores: Pick<Stores, 'events' | 'endpoints'>;
  readonly logger: Logger;
  /** From 0 up to 1: spreads retries so that they do not all come at once. */
  readonly random?: () => number;
}

/** Gets events to the endpoints of merchants. Results and failures carry our codes alone: nothing that a receiver said reaches Temporal. */
export const deliveryActivities = (given: DeliveryDeps): DeliveryActivities => {
  const random = given.random ?? Math.random;
  const deps: Deps = { ...given, random, slots: endpointSlots({ limit: MAX_PER_ENDPOINT, random }) };
  return {
    /**
     * Posts one event to one endpoint, once, and records what came of it. A post that failed throws a retryable failure whose delay follows the schedule by the number of
     * posts in the record, so a lost or restarted dispatcher goes on where it stood; the last one ends as 'failed' without a throw.
     *
     * Repeat-safe: an ended delivery is not posted again. A crash between post and record posts once more: at least once is the promise, and receivers see the same
     * webhook-id and the same body on every attempt.
     */
    deliverEvent: ({ delivery }) => inOurWords({ deps, id: delivery, work: () => deliver(deps, delivery) }),
  };
};

type Deps = Required<DeliveryDeps> & { readonly slots: EndpointSlots };
type Status = { readonly status: Delivery['status'] };

async function deliver(deps: Deps, id: DeliveryId): Promise<Status> {
  const delivery = await deps.stores.events.findDelivery(id);
  if (delivery === undefined) throw finalFailure('delivery_not_found', 'there is no such delivery');
  if (delivery.status !== 'pending') return { status: delivery.status };
  const { business, mode } = delivery;
  const endpoint = await deps.stores.endpoints.findScoped({ business, mode, id: delivery.endpoint });
  if (endpoint === undefined) return stop({ deps, delivery, error: 'endpoint_deleted' });
  if (endpoint.disabled) return stop({ deps, delivery, error: 'endpoint_disabled' });
  const event = await eventOf(deps, delivery);
  const outcome = await deps.slots.run({ endpoint: endpoint.id, work: () => postEvent(deps, { event, endpoint }) });
  if (outcome.answer === GONE) await disable({ deps, endpoint });
  return settle({ deps, delivery, outcome });
}

/** Test and live, and two merchants, never meet: a delivery whose event lies elsewhere is refused for good. */
async function eventOf({ stores }: Deps, delivery: Delivery): Promise<PurchaseEvent> {
  const event = await stores.events.find(delivery.event);
  if (event === undefined) throw finalFailure('event_not_found', 'the event of this delivery is not stored');
  if (event.business === delivery.business && event.mode === delivery.mode) return event;
  throw finalFailure('event_out_of_scope', 'the event belongs to another business or mode');
}

async function stop({ deps, delivery, error }: Settling & { readonly error: string }): Promise<Status> {
  await deps.stores.events.stopDelivery({ id: delivery.id, error, at: deps.clock.now() });
  return { status: 'stopped' };
}

/** Comes before the record of the post that was refused for good: whichever of the two a crash leaves undone, a repetition posts nothing. */
async function disable({ deps, endpoint }: { readonly deps: Deps; readonly endpoint: WebhookEndpoint }): Promise<void> {
  const { business, mode, id } = endpoint;
  await deps.stores.endpoints.update({ business, mode, id, set: { disabled: true }, at: deps.clock.now() });
  deps.logger.warn({ endpoint: id }, 'webhook endpoint disabled: it answered 410');
}

interface Settling {
  readonly deps: Deps;
  readonly delivery: Delivery;
}

async function settle({ deps, delivery, outcome }: Settling & { readonly outcome: PostOutcome }): Promise<Status> {
  const attempts = delivery.attempts + 1;
  const baseMs = nextDelayMs(attempts);
  const status = statusAfter({ outcome, isLast: baseMs === null });
  const { answer, error } = outcome;
  await deps.stores.events.recordAttempt({ id: delivery.id, status, answer, error, at: deps.clock.now() });
  deps.logger.info(
    { delivery: delivery.id, event: delivery.event, endpoint: delivery.endpoint, attempts, status, answer, error },
    'webhook posted',
  );
  if (status === 'pending' && baseMs !== null)
    throw notDelivered({ outcome, delayMs: delayOf({ baseMs, asked: outcome.retryAfterMs, random: deps.random }) });
  return { status };
}

function statusAfter({
  outcome,
  isLast,
}: {
  readonly outcome: PostOutcome;
  readonly isLast: boolean;
}): Delivery['status'] {
  if (outcome.error === null) return 'delivered';
  if (outcome.answer === GONE) return 'stopped';
  return isLast ? 'failed' : 'pending';
}

/** The schedule's delay ±20 %. A receiver that names a time gets it, but no sooner than the schedule and no later than twice that. */
const delayOf = ({ baseMs, asked, random }: { baseMs: number; asked: number | null; random: () => number }): number =>
  asked === null ? Math.round(baseMs * (0.8 + 0.4 * random())) : Math.min(Math.max(asked, baseMs), 2 * baseMs);

const notDelivered = ({
  outcome,
  delayMs,
}: {
  readonly outcome: PostOutcome;
  readonly delayMs: number;
}): ApplicationFailure =>
  ApplicationFailure.create({
    type: WEBHOOK_NOT_DELIVERED,
    message: `the endpoint did not take the event: ${outcome.error ?? 'no answer'}`,
    nextRetryDelay: delayMs,
    category: ApplicationFailureCategory.BENIGN,
  });

/** Whatever else breaks, such as the database, is worth another try; its own words go to the log alone. */
async function inOurWords({
  deps,
  id,
  work,
}: {
  deps: Deps;
  id: DeliveryId;
  work: () => Promise<Status>;
}): Promise<Status> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApplicationFailure) throw error;
    deps.logger.error({ delivery: id, error }, 'a delivery was interrupted');
    throw ApplicationFailure.create({
      type: 'delivery_interrupted',
      message: 'the delivery was interrupted before its outcome was recorded',
      nextRetryDelay: INTERRUPTED_RETRY_MS,
    });
  }
}
