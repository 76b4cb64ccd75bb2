import type { Faults } from '../faults/faults.js';
import type { Delivery, DeliveryStore } from '../store/deliveries.js';
import type { EndpointStore } from '../store/endpoints.js';
import { createTimers } from '../timers.js';
import { createLanes } from './lanes.js';
import { createPost } from './post.js';

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

const LANE_WIDTH = 8;

export function createSender({ deliveries, endpoints, faults, clock, backoffMs, onError }: SenderDeps): Sender {
  const closing = new AbortController();
  const lanes = createLanes({ width: LANE_WIDTH });
  const post = createPost({ faults, clock, closing: closing.signal });
  const underWay = new Set<string>();

  const ring = async (id: string): Promise<void> => {
    if (underWay.has(id)) return;
    underWay.add(id);
    try {
      const delivery = await deliveries.find(id);
      if (delivery?.dueAt !== undefined) await lanes.run(delivery.endpoint, () => attempt(delivery));
    } finally {
      underWay.delete(id);
    }
  };
  const timers = createTimers({ clock, ring, onError });

  const attempt = async (delivery: Delivery): Promise<void> => {
    if (closing.signal.aborted) return;
    const endpoint = await endpoints.find(delivery.endpoint);
    const error = endpoint === undefined ? 'the endpoint is gone' : await post({ delivery, endpoint });
    if (closing.signal.aborted) return;
    if (error === undefined) return deliveries.record(delivery.id, { kind: 'delivered', at: clock() });
    const wait = backoffMs[delivery.attempts];
    if (wait === undefined || endpoint === undefined)
      return deliveries.record(delivery.id, { kind: 'given_up', error });
    const retryAt = new Date(clock().getTime() + wait);
    await deliveries.record(delivery.id, { kind: 'failed', error, retryAt });
    timers.set({ key: delivery.id, at: retryAt });
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
