import { ApplicationFailure } from '@temporalio/common';
import { nextDelayMs } from '../domain/delivery-schedule.js';
import type { Delivery, PurchaseEvent, WebhookEndpoint } from '../domain/event.js';
import type { DeliveryId } from '../domain/ids.js';
import type { DeliveryActivities } from '../messages/activities.js';
import type { Clock, HttpSender, Logger, Stores, WebhookSigner } from '../ports/index.js';
import { isSendError } from '../ports/index.js';
import { finalFailure } from './failures.js';

const DEADLINE_MS = 15_000;
const GONE = 410;
const USER_AGENT = 'payonce-webhooks/1';

/** The failure type of a post that is tried again; its `nextRetryDelay` is the schedule's. */
export const WEBHOOK_NOT_DELIVERED = 'webhook_not_delivered';

/** What deliveries need. */
export interface DeliveryDeps {
  readonly stores: Pick<Stores, 'events' | 'endpoints'>;
  readonly sender: HttpSender;
  readonly signer: WebhookSigner;
  readonly clock: Clock;
  readonly logger: Logger;
  /** From 0 up to 1: spreads retries so that they do not all come at once. */
  readonly random?: () => number;
}

/** One delivery with all that it is made of. */
interface Parcel {
  readonly delivery: Delivery;
  readonly event: PurchaseEvent;
  readonly endpoint: WebhookEndpoint;
}

/** What came of one post: `answer` is the HTTP status, `error` a code of ours; null when there was none. */
interface Outcome {
  readonly answer: number | null;
  readonly error: string | null;
  readonly retryAfterMs: number | null;
}

/** Gets events to the endpoints of merchants. Results and failures carry our codes alone: nothing that a receiver said reaches Temporal. */
export const deliveryActivities = (deps: DeliveryDeps): DeliveryActivities => ({
  /**
   * Posts one event to one endpoint, once, and records what came of it. A post that failed throws a retryable failure whose delay follows the schedule by the number of
   * posts in the record, so a lost or restarted dispatcher goes on where it stood; the last one ends as 'failed' without a throw.
   *
   * Repeat-safe: an ended delivery is not posted again. A crash between post and record posts once more: at least once is the promise, and receivers see the same
   * webhook-id and the same body on every attempt.
   */
  deliverEvent: ({ delivery }) => inOurWords({ logger: deps.logger, delivery, work: () => deliver(deps, delivery) }),
});

async function deliver(deps: DeliveryDeps, id: DeliveryId): Promise<{ readonly status: Delivery['status'] }> {
  const delivery = await deps.stores.events.findDelivery(id);
  if (delivery === undefined) throw finalFailure('delivery_not_found', 'there is no such delivery');
  if (delivery.status !== 'pending') return { status: delivery.status };
  const endpoint = await deps.stores.endpoints.findScoped({
    business: delivery.business,
    mode: delivery.mode,
    id: delivery.endpoint,
  });
  if (endpoint === undefined || endpoint.disabled)
    return stop({ deps, delivery, error: endpoint === undefined ? 'endpoint_deleted' : 'endpoint_disabled' });
  const parcel = { delivery, event: await eventOf(deps, delivery), endpoint };
  return settle({ deps, parcel, outcome: await post(deps, parcel) });
}

async function stop({
  deps,
  delivery,
  error,
}: {
  readonly deps: DeliveryDeps;
  readonly delivery: Delivery;
  readonly error: string;
}): Promise<{ readonly status: 'stopped' }> {
  await deps.stores.events.stopDelivery({ id: delivery.id, error, at: deps.clock.now() });
  return { status: 'stopped' };
}

/** Test and live, and two merchants, never meet: a delivery whose event lies elsewhere is refused for good. */
async function eventOf({ stores }: DeliveryDeps, delivery: Delivery): Promise<PurchaseEvent> {
  const event = await stores.events.find(delivery.event);
  if (event === undefined) throw finalFailure('event_not_found', 'the event of this delivery is not stored');
  if (event.business !== delivery.business || event.mode !== delivery.mode)
    throw finalFailure('event_out_of_scope', 'the event belongs to another business or mode');
  return event;
}

async function post(deps: DeliveryDeps, parcel: Parcel): Promise<Outcome> {
  try {
    const { status, retryAfterMs } = await deps.sender.post({
      url: parcel.endpoint.url,
      headers: headersOf(deps, parcel),
      body: parcel.event.body,
      deadlineMs: DEADLINE_MS,
    });
    return { answer: status, error: isSuccess(status) ? null : `http_${status}`, retryAfterMs };
  } catch (error) {
    if (!isSendError(error)) throw error;
    return { answer: null, error: error.code, retryAfterMs: null };
  }
}

/** The endpoint's own headers first, so that none of them replaces one of ours. */
function headersOf({ clock, signer }: DeliveryDeps, { event, endpoint }: Parcel): Record<string, string> {
  const timestamp = Math.floor(clock.now().getTime() / 1000);
  return {
    ...customHeaders(endpoint.headers),
    'content-type': 'application/json',
    'user-agent': USER_AGENT,
    'webhook-id': event.id,
    'webhook-timestamp': `${timestamp}`,
    'webhook-signature': signer.sign({ id: event.id, timestamp, body: event.body, secrets: [endpoint.secret] }),
  };
}

const customHeaders = (headers: WebhookEndpoint['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(content-type|user-agent|webhook-.*)$/i.test(name)));

/** Records the outcome. 410 also disables the endpoint, and before the record is closed, so that a repetition after a crash finds one or the other. */
async function settle({
  deps,
  parcel,
  outcome,
}: {
  readonly deps: DeliveryDeps;
  readonly parcel: Parcel;
  readonly outcome: Outcome;
}): Promise<{ readonly status: Delivery['status'] }> {
  const { delivery, endpoint } = parcel;
  const at = deps.clock.now();
  const { business, mode, id } = endpoint;
  if (outcome.answer === GONE) await deps.stores.endpoints.update({ business, mode, id, set: { disabled: true }, at });
  const attempts = delivery.attempts + 1;
  const baseMs = nextDelayMs(attempts);
  const status = statusAfter(outcome.answer, baseMs);
  await deps.stores.events.recordAttempt({ id: delivery.id, status, answer: outcome.answer, error: outcome.error, at });
  deps.logger.info(
    {
      delivery: delivery.id,
      event: delivery.event,
      endpoint: id,
      attempts,
      status,
      answer: outcome.answer,
      error: outcome.error,
    },
    'webhook posted',
  );
  if (status === 'pending' && baseMs !== null)
    throw notDelivered({ outcome, delayMs: delayOf({ baseMs, outcome, random: deps.random ?? Math.random }) });
  return { status };
}

const isSuccess = (answer: number | null): boolean => answer !== null && answer >= 200 && answer < 300;

function statusAfter(answer: number | null, baseMs: number | null): Delivery['status'] {
  if (isSuccess(answer)) return 'delivered';
  if (answer === GONE) return 'stopped';
  return baseMs === null ? 'failed' : 'pending';
}

/** The schedule's delay ±20 %; a receiver that names a time gets it, but no sooner than the schedule and no later than twice that. */
function delayOf({
  baseMs,
  outcome,
  random,
}: {
  readonly baseMs: number;
  readonly outcome: Outcome;
  readonly random: () => number;
}): number {
  const asked = outcome.retryAfterMs;
  return asked === null ? Math.round(baseMs * (0.8 + 0.4 * random())) : Math.min(Math.max(asked, baseMs), 2 * baseMs);
}

const notDelivered = ({
  outcome,
  delayMs,
}: {
  readonly outcome: Outcome;
  readonly delayMs: number;
}): ApplicationFailure =>
  ApplicationFailure.create({
    type: WEBHOOK_NOT_DELIVERED,
    message: `the endpoint did not take the event: ${outcome.error ?? 'no answer'}`,
    nextRetryDelay: delayMs,
  });

/** Whatever else breaks, such as the database, is worth another try, and its own words go to the log alone. */
async function inOurWords<Result>({
  logger,
  delivery,
  work,
}: {
  readonly logger: Logger;
  readonly delivery: DeliveryId;
  readonly work: () => Promise<Result>;
}): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApplicationFailure) throw error;
    logger.error({ delivery, error }, 'a delivery was interrupted');
    throw ApplicationFailure.retryable(
      'the delivery was interrupted before its outcome was recorded',
      'delivery_interrupted',
    );
  }
}
