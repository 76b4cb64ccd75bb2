import { setTimeout as sleep } from 'node:timers/promises';
import { pause } from '../faults/faults.js';
import type { Faults } from '../faults/faults.js';
import { garbled } from '../faults/garbage.js';
import type { Delivery, DeliveryStore } from '../store/deliveries.js';
import type { EndpointStore, WebhookEndpoint } from '../store/endpoints.js';
import { createTimers } from '../timers.js';
import { createLanes } from './lanes.js';
import { signatureHeader } from './signature.js';

/** Delivers webhooks at least once: due ones from the database at boot, new ones as they come. */
export interface Sender {
  /** Takes up everything that is not delivered yet. */
  start(): Promise<void>;
  schedule(delivery: { id: string; dueAt: Date }): void;
  close(): Promise<void>;
}

export interface SenderDeps {
  readonly deliveries: DeliveryStore;
  readonly endpoints: EndpointStore;
  readonly faults: Faults;
  readonly clock: () => Date;
  /** The waits between attempts; after the last one the delivery is given up. */
  readonly backoffMs: readonly number[];
  readonly onError: (error: unknown, delivery: string) => void;
}

const ATTEMPT_TIMEOUT_MS = 10_000;
const LANE_WIDTH = 8;

export function createSender({ deliveries, endpoints, faults, clock, backoffMs, onError }: SenderDeps): Sender {
  const closing = new AbortController();
  const lanes = createLanes({ width: LANE_WIDTH });

  const underWay = new Set<string>();

  const ring = async (id: string): Promise<void> => {
    if (underWay.has(id)) return;
    underWay.add(id);
    try {
      const delivery = await deliveries.find(id);
      if (delivery?.dueAt === undefined) return;
      await lanes.run(delivery.endpoint, () => attempt(delivery));
    } finally {
      underWay.delete(id);
    }
  };
  const timers = createTimers({ clock, ring, onError });

  const attempt = async (delivery: Delivery): Promise<void> => {
    if (closing.signal.aborted) return;
    const endpoint = await endpoints.find(delivery.endpoint);
    if (endpoint === undefined)
      return deliveries.record(delivery.id, { kind: 'given_up', error: 'the endpoint is gone' });
    const error = await post({ delivery, endpoint }).catch((thrown: unknown) => describe(thrown));
    if (closing.signal.aborted) return;
    if (error === undefined) return deliveries.record(delivery.id, { kind: 'delivered', at: clock() });
    const wait = backoffMs[delivery.attempts];
    if (wait === undefined) return deliveries.record(delivery.id, { kind: 'given_up', error });
    const retryAt = new Date(clock().getTime() + wait);
    await deliveries.record(delivery.id, { kind: 'failed', error, retryAt });
    timers.set({ key: delivery.id, at: retryAt });
  };

  /** One attempt with whatever fault is on: undefined when the endpoint took it, else what went wrong. */
  const post = async ({
    delivery,
    endpoint,
  }: {
    delivery: Delivery;
    endpoint: WebhookEndpoint;
  }): Promise<string | undefined> => {
    const rule = await faults.take({
      operation: 'webhook',
      effects: ['error_before', 'hang', 'garbage', 'duplicate_webhook'],
      references: async () => delivery.references,
    });
    await pause(rule, closing.signal);
    if (rule?.effect === 'error_before') return 'lost by a fault rule';
    if (rule?.effect === 'hang')
      await sleep(rule.delay_ms ?? ATTEMPT_TIMEOUT_MS, undefined, { signal: closing.signal });
    const sendOnce = () =>
      send({ delivery, endpoint, ...(rule?.effect === 'garbage' && { body: garbled(delivery.body, rule.garbage) }) });
    if (rule?.effect === 'duplicate_webhook') await sendOnce();
    return sendOnce();
  };

  const send = async ({ delivery, endpoint, body = delivery.body }: Sending): Promise<string | undefined> => {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'sandbox-signature': signatureHeader({ secret: endpoint.secret, body: delivery.body, at: clock() }),
      },
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `answered ${response.status}`;
  };

  return {
    async start() {
      for (const { id, dueAt } of await deliveries.pending()) timers.set({ key: id, at: dueAt });
    },
    schedule: ({ id, dueAt }) => timers.set({ key: id, at: dueAt }),
    async close() {
      closing.abort();
      await timers.close();
    },
  };
}

interface Sending {
  readonly delivery: Delivery;
  readonly endpoint: WebhookEndpoint;
  /** What to send in place of the signed body. */
  readonly body?: string;
}

const describe = (thrown: unknown): string => {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  return String(cause).slice(0, 200);
};
