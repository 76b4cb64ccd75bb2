import type { DeliveryStore } from './store/deliveries.js';
import type { EndpointStore } from './store/endpoints.js';
import type { LedgerStore } from './store/ledger.js';
import type { OutboxItem } from './store/payment-document.js';
import type { Indebted, PaymentStore } from './store/payments.js';

/** Carries what payments owe to the ledger and to the delivery queue. Repeat-safe: every target has an id of its own. */
export interface Relay {
  /** Pays one payment's debts in the background; a failure is retried by the next kick, drain or boot. */
  kick(payment: string): void;
  /** Pays the debts of a reference, or all, and waits for it. */
  drain(filter: { reference?: string }): Promise<void>;
  /** Waits for what runs in the background. */
  close(): Promise<void>;
}

export interface RelayDeps {
  readonly payments: PaymentStore;
  readonly ledger: LedgerStore;
  readonly endpoints: EndpointStore;
  readonly deliveries: DeliveryStore;
  /** Told about every new delivery. */
  readonly onDelivery: (delivery: { id: string; dueAt: Date }) => void;
  readonly onError: (error: unknown, payment: string) => void;
}

const RETRY_MS = 1_000;

export function createRelay({ onError, ...targets }: RelayDeps): Relay {
  const payDebts = createPayer(targets);
  const running = new Set<Promise<void>>();
  const retries = new Set<NodeJS.Timeout>();
  let closed = false;

  const kick = (payment: string): void => {
    if (closed) return;
    const run = payDebts({ id: payment }).catch((error: unknown) => {
      onError(error, payment);
      retryLater(payment);
    });
    running.add(run);
    void run.finally(() => running.delete(run));
  };

  const retryLater = (payment: string): void => {
    if (closed) return;
    const timeout = setTimeout(() => {
      retries.delete(timeout);
      kick(payment);
    }, RETRY_MS);
    retries.add(timeout);
  };

  return {
    kick,
    drain: payDebts,
    async close() {
      closed = true;
      for (const timeout of retries) clearTimeout(timeout);
      await Promise.all(running);
    },
  };
}

type PayDebts = (filter: { id?: string; reference?: string }) => Promise<void>;

function createPayer({ payments, ledger, endpoints, deliveries, onDelivery }: Omit<RelayDeps, 'onError'>): PayDebts {
  const announce = async ({ id: event, references, body, dueAt }: OutboxItem & { kind: 'event' }): Promise<void> => {
    for (const { id: endpoint } of await endpoints.list()) {
      const id = `${event}:${endpoint}`;
      const added = await deliveries.insert({ id, endpoint, event, references, body, attempts: 0, dueAt });
      if (added) onDelivery({ id, dueAt });
    }
  };

  const pay = async (indebted: Indebted): Promise<void> => {
    for (const item of indebted.outbox) {
      await (item.kind === 'ledger' ? ledger.append({ id: item.id, ...item.entry }) : announce(item));
    }
    if (await payments.settleDebts(indebted)) return;
    for (const later of await payments.indebted({ id: indebted.id })) await pay(later);
  };

  return async (filter) => {
    for (const indebted of await payments.indebted(filter)) await pay(indebted);
  };
}
