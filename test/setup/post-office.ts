import { deliveryActivities } from '@payonce/engine/activities';
import type { DeliveryDeps } from '@payonce/engine/activities';
import {
  createEncryption,
  createHttpSender,
  ids,
  newWebhookSecret,
  systemClock,
  webhookSigner,
} from '@payonce/engine/adapters';
import type { Delivery, DeliveryId, PurchaseEvent, WebhookEndpoint } from '@payonce/engine/domain';
import type { Stores } from '@payonce/engine/ports';
import { createStores } from '@payonce/engine/store';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { Webhook } from 'standardwebhooks';
import { testDatabase } from './mongodb.js';
import type { Hit } from './receiver.js';

const SCOPE = { business: 'bus_1', mode: 'test' } as const;

/** What every event of these tests carries. */
export const BODY = JSON.stringify({
  business_id: 'bus_1',
  type: 'payment.succeeded',
  data: { note: 'Grüße 🎁' },
});

/** What differs from the usual in a test's records. */
export interface Changes {
  readonly endpoint?: Partial<WebhookEndpoint>;
  readonly event?: Partial<PurchaseEvent>;
  readonly delivery?: Partial<Delivery>;
}

/** An event on its way to an endpoint. */
export interface Parcel {
  readonly event: PurchaseEvent;
  readonly endpoint: WebhookEndpoint;
  readonly delivery: Delivery;
}

/** How a run of the activity ended. */
export interface Ran {
  readonly status?: string;
  readonly failure?: ApplicationFailure;
}

/** A post office of its own: real stores, a real sender, and the activity as a worker runs it. */
export interface PostOffice {
  readonly stores: Stores;
  /** Stores an event, an endpoint at that port and a delivery between them. */
  given(port: number, changes?: Changes): Promise<Parcel>;
  /** Runs the activity once. */
  deliver(delivery: DeliveryId, changes?: Partial<DeliveryDeps>): Promise<Ran>;
  /** A worker that is asked for several deliveries. */
  worker(changes?: Partial<DeliveryDeps>): (delivery: DeliveryId) => Promise<Ran>;
  recorded(delivery: DeliveryId): Promise<Delivery | undefined>;
  close(): Promise<void>;
}

/** Opens a post office with a database of its own. */
export async function postOffice(label: string): Promise<PostOffice> {
  const mongo = await testDatabase(label);
  const stores = createStores({ db: mongo.database, encryption: createEncryption({ key: 'ab'.repeat(32) }) });
  const worker = (changes: Partial<DeliveryDeps> = {}) => runner({ ...dependencies(stores), ...changes });
  return {
    stores,
    worker,
    given: async (port, changes = {}) => {
      const parcel = parcelTo(port, changes);
      await stores.events.ensure([parcel.event]);
      await stores.endpoints.insert(parcel.endpoint);
      await stores.events.ensureDeliveries([parcel.delivery]);
      return parcel;
    },
    deliver: (delivery, changes) => worker(changes)(delivery),
    recorded: (delivery) => stores.events.findDelivery(delivery),
    close: mongo.close,
  };
}

/** Reads a post as a merchant does, with the official library; throws when the signature is not right. */
export const verified = (hit: Hit | undefined, secret: string): unknown =>
  new Webhook(secret).verify(
    hit?.body ?? '',
    Object.fromEntries(Object.entries(hit?.headers ?? {}).map(([name, value]) => [name, String(value)])),
  );

const dependencies = (stores: Stores): DeliveryDeps => ({
  stores,
  sender: createHttpSender({ allowLoopback: true }),
  signer: webhookSigner,
  clock: systemClock,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  random: () => 0.5,
});

function runner(deps: DeliveryDeps): (delivery: DeliveryId) => Promise<Ran> {
  const { deliverEvent } = deliveryActivities(deps);
  return async (delivery) => {
    try {
      return await new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(deliverEvent, {
        delivery,
      });
    } catch (failure) {
      if (failure instanceof ApplicationFailure) return { failure };
      throw failure;
    }
  };
}

function parcelTo(port: number, changes: Changes): Parcel {
  const now = new Date();
  const payment = ids.mint('pay');
  const event: PurchaseEvent = {
    ...SCOPE,
    id: ids.mint('evt'),
    type: 'payment.succeeded',
    payment,
    body: BODY,
    createdAt: now,
    ...changes.event,
  };
  const endpoint: WebhookEndpoint = {
    ...SCOPE,
    id: ids.mint('whk'),
    url: `http://127.0.0.1:${port}/hook`,
    description: '',
    secret: newWebhookSecret(),
    filterTypes: null,
    disabled: false,
    metadata: {},
    headers: {},
    rateLimit: null,
    createdAt: now,
    updatedAt: now,
    ...changes.endpoint,
  };
  const delivery: Delivery = {
    ...SCOPE,
    id: ids.mint('dlv'),
    event: event.id,
    endpoint: endpoint.id,
    payment,
    status: 'pending',
    attempts: 0,
    lastAttemptAt: null,
    lastStatus: null,
    lastError: null,
    dispatchedAt: null,
    createdAt: now,
    ...changes.delivery,
  };
  return { event, endpoint, delivery };
}
