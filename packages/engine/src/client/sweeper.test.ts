import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openShop } from '../../../../test/support/shop.js';
import type { Shop } from '../../../../test/support/shop.js';
import { aQuote } from '../../../../test/store/samples/checkout.js';
import { aGrant } from '../../../../test/store/samples/goods.js';
import type { Delivery } from '../domain/index.js';
import { DomainError } from '../domain/index.js';
import type { InboxEntry } from '../ports/index.js';
import type { PurchaseClient } from './purchase-client.js';
import { sweep } from './sweeper.js';

let shop: Shop;
/** What the sweeper did, in words. */
const done: string[] = [];
let later: number;
let unreachable: boolean;
/** Comes when a worker does. */
let worker: Promise<void>;

beforeAll(async () => {
  shop = await openShop('sweeper');
});

afterAll(() => shop.close());

beforeEach(() => {
  done.length = 0;
  later = 60_000;
  unreachable = false;
  worker = Promise.resolve();
});

const tell = (what: string) => {
  if (unreachable) throw new DomainError('SERVICE_UNAVAILABLE', 'away');
  done.push(what);
};

/** A door to Temporal that notes who knocked. */
const client: PurchaseClient = {
  start: async ({ id }) => tell(`start ${id}`),
  submit: async ({ attempt }) => {
    await worker;
    tell(`submit ${attempt}`);
    return { status: 'processing' };
  },
  buyerReturned: async () => undefined,
  report: async () => undefined,
  refund: async ({ refund }) => tell(`refund ${refund}`),
  grantCompleted: async ({ grant }) => tell(`grant ${grant}`),
  endGrant: async ({ grant }) => tell(`end ${grant}`),
  cancel: async () => undefined,
  state: () => Promise.reject(new Error('not asked')),
  retryFulfillment: async () => [],
  resolve: async () => undefined,
};

/** A report that matches nothing of ours. */
function report(): InboxEntry {
  const id = shop.deps.ids.mint('inb');
  return {
    id,
    processor: 'scripted',
    account: 'acct',
    mode: 'test',
    eventId: id,
    event: { id, kind: 'ignored', type: 'payout' },
    receivedAt: new Date(),
    payment: null,
    routedAt: null,
    tries: 0,
  };
}

const sweepOnce = (holder = 'this one') =>
  sweep({
    stores: shop.stores,
    client,
    dispatcher: {
      async dispatch({ delivery }) {
        tell(`dispatch ${delivery}`);
      },
    },
    routeInbox: async ({ id }) => {
      tell(`route ${id}`);
      await shop.stores.inbox.countTry(id);
    },
    clock: { now: () => new Date(Date.now() + later) },
    logger: shop.deps.logger,
    holder,
  });

describe('the sweeper', () => {
  it('starts what was stored and never started, and nothing that was', async () => {
    const [lost, running] = [await shop.newSession(), await shop.newSession()];
    await shop.stores.sessions.markStarted({ id: running.id, at: new Date() });
    await sweepOnce();
    expect(done).toContain(`start ${lost.id}`);
    expect(done).not.toContain(`start ${running.id}`);
  });

  it('leaves alone what is on its normal course', async () => {
    later = 0;
    const fresh = await shop.newSession();
    await sweepOnce();
    expect(done).not.toContain(`start ${fresh.id}`);
  });

  it('submits a press of Pay again that no workflow took, and voids it after the session', async () => {
    const session = await shop.newSession({ ttlSeconds: 120 });
    const attempt = await shop.newAttempt(session);
    await sweepOnce();
    expect(done).toContain(`submit ${attempt}`);
    later = 200_000;
    await sweepOnce();
    expect((await shop.stores.attempts.find(attempt))?.voidedAt).toBeInstanceOf(Date);
  });

  it('submits again what a workflow took and may have forgotten with its worker, until it is sent', async () => {
    const session = await shop.newSession();
    const [forgotten, sent, refused] = [
      await shop.newAttempt(session),
      await shop.newAttempt(session),
      await shop.newAttempt(session),
    ];
    const at = new Date();
    for (const id of [forgotten, sent, refused]) await shop.stores.attempts.markAccepted({ id, at });
    for (const id of [forgotten, sent])
      await shop.stores.attempts.freeze({ id, quote: aQuote(), idempotencyKey: `charge:${id}`, at });
    await shop.stores.attempts.markSent({ id: sent, at: new Date() });
    await sweepOnce();
    expect(done).toContain(`submit ${forgotten}`);
    expect(done).not.toContain(`submit ${sent}`);
    expect(done).not.toContain(`submit ${refused}`);
    later = 2 * 60 * 60_000;
    done.length = 0;
    await sweepOnce();
    expect(done).not.toContain(`submit ${forgotten}`);
  });

  it('tells a purchase, once, of what was recorded about a grant outside of it', async () => {
    const { grants } = shop.stores;
    const { id } = aGrant();
    await grants.ensure([aGrant({ id })]);
    await sweepOnce();
    expect(done).not.toContain(`grant ${id}`);
    await grants.await({ id, awaiting: 'noon', at: new Date(), untold: true });
    unreachable = true;
    await sweepOnce();
    unreachable = false;
    await sweepOnce();
    await sweepOnce();
    expect(done.filter((what) => what === `grant ${id}`)).toHaveLength(1);
  });

  it('hands over a delivery that no dispatcher has, once', async () => {
    const { ids } = shop.deps;
    const at = new Date();
    const delivery: Delivery = {
      id: ids.mint('dlv'),
      business: shop.business,
      mode: 'test',
      event: ids.mint('evt'),
      endpoint: ids.mint('whk'),
      payment: ids.mint('pay'),
      status: 'pending',
      attempts: 0,
      lastAttemptAt: null,
      lastStatus: null,
      lastError: null,
      dispatchedAt: null,
      createdAt: at,
    };
    await shop.stores.events.ensureDeliveries([delivery]);
    await sweepOnce();
    await sweepOnce();
    expect(done.filter((what) => what === `dispatch ${delivery.id}`)).toHaveLength(1);
  });

  it('tries a report that matches nothing more rarely each time', async () => {
    const entry = report();
    await shop.stores.inbox.ensure(entry);
    const routes = () => done.filter((what) => what === `route ${entry.id}`).length;
    later = 20_000;
    await sweepOnce();
    await sweepOnce();
    expect(routes()).toBe(1);
    later = 40_000;
    await sweepOnce();
    await sweepOnce();
    expect(routes()).toBe(2);
  });

  it('hears of money while presses of Pay wait for a worker', async () => {
    const entry = report();
    await shop.stores.inbox.ensure(entry);
    const attempt = await shop.newAttempt(await shop.newSession());
    worker = new Promise((resolve) => {
      const seen = setInterval(() => {
        if (!done.includes(`route ${entry.id}`)) return;
        clearInterval(seen);
        resolve();
      }, 10);
    });
    await sweepOnce();
    expect(done).toContain(`submit ${attempt}`);
  });

  it('goes on with the others when one of them fails', async () => {
    const session = await shop.newSession();
    unreachable = true;
    await sweepOnce();
    unreachable = false;
    await sweepOnce();
    expect(done).toContain(`start ${session.id}`);
  });

  it('is one at a time, and another takes over when it is gone', async () => {
    const session = await shop.newSession();
    await sweepOnce('this one');
    done.length = 0;
    await sweepOnce('another');
    expect(done).toEqual([]);
    later += 30_000;
    await sweepOnce('another');
    expect(done).toContain(`start ${session.id}`);
  });
});
