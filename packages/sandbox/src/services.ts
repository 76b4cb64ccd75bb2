import type { Logger } from 'pino';
import { createFaults, noFaults } from './faults/faults.js';
import { createIdempotency } from './idempotency.js';
import { endpointId, instanceId } from './ids.js';
import { createJournal } from './journal.js';
import { createPayments } from './payments.js';
import { createRefunds } from './refunds.js';
import { createRelay } from './relay.js';
import type { SandboxOptions } from './settings.js';
import type { Stores } from './store/stores.js';
import { createTimers } from './timers.js';
import { DEFAULT_BACKOFF_MS } from './webhooks/backoff.js';
import { createSender } from './webhooks/sender.js';

export interface ServicesDeps {
  readonly options: SandboxOptions;
  readonly stores: Stores;
  readonly clock: () => Date;
  readonly logger: Logger;
  readonly origin: () => string;
}

const SETTLE_MS = 10_000;
const ANSWER_LOST_MS = 60_000;
const KEY_LIFE_MS = 86_400_000;

/** Everything behind the routes, wired together. */
export function createServices({ options, stores, clock, logger, origin }: ServicesDeps) {
  const {
    settleAfterMs = SETTLE_MS,
    answerLostMs = ANSWER_LOST_MS,
    idempotencyKeyLifeMs: keyLifeMs = KEY_LIFE_MS,
  } = options;
  const failed = (what: string) => (err: unknown, id: string) =>
    logger.error({ err, id }, `${what} failed, it is tried again`);

  const faults = options.faults === true ? createFaults({ store: stores.faultRules }) : noFaults;
  const idempotency = createIdempotency({ keys: stores.keys, clock, owner: instanceId(), keyLifeMs });
  const sender = createSender({
    ...stores,
    faults,
    clock,
    backoffMs: options.webhookBackoffMs ?? DEFAULT_BACKOFF_MS,
    onError: failed('delivery'),
  });
  const relay = createRelay({ ...stores, onDelivery: sender.schedule, onError: failed('relay') });
  const timers = createTimers({ clock, ring: (id) => payments.settleDue(id), onError: failed('settlement') });
  const journal = createJournal({ payments: stores.payments, relay, timers, origin });
  const payments = createPayments({ journal, faults, clock, settleAfterMs, answerLostMs });
  const refunds = createRefunds({ journal, payments: stores.payments, clock, settleAfterMs });

  return {
    faults,
    idempotency,
    relay,
    payments,
    refunds,
    /** Takes up what an earlier run left: debts of transitions, deliveries, settlements. */
    async resume(): Promise<void> {
      const { webhook } = options;
      if (webhook !== undefined) await stores.endpoints.put({ id: endpointId(), ...webhook, createdAt: clock() });
      await sender.start();
      await relay.drain({});
      for (const { id, at } of await stores.payments.waiting()) timers.set({ key: id, at });
    },
    async close(): Promise<void> {
      await timers.close();
      await relay.close();
      await sender.close();
    },
  };
}
