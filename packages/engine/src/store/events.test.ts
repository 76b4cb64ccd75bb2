import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../../test/store/open-stores.js';
import { openStores, together } from '../../../../test/store/open-stores.js';
import { SCOPE, aDelivery, after, anEndpoint, anEvent } from '../../../../test/store/samples.js';
import type { Delivery } from '../domain/event.js';
import type { EndpointStore, EventStore } from '../ports/event-store.js';

let open: OpenStores;
let events: EventStore;
let endpoints: EndpointStore;

beforeAll(async () => {
  open = await openStores('events');
  ({ events, endpoints } = open.stores);
});

afterAll(() => open.close());

describe('an event', () => {
  it('keeps its body to the byte, also when it is added again with another', async () => {
    const event = anEvent({ body: '{"name":"Zoë \\u0000 🔑"}' });
    await together(10, () => events.ensure([event]));
    await events.ensure([{ ...event, body: '{}' }, anEvent({ payment: event.payment, createdAt: after(1) })]);
    expect(await events.find(event.id)).toEqual(event);
    expect((await events.listByPayment(event.payment)).map(({ body }) => body)).toEqual([event.body, anEvent().body]);
  });
});

describe('a delivery', () => {
  const added = async (fields: Partial<Delivery> = {}): Promise<Delivery> => {
    const delivery = aDelivery(fields);
    await events.ensureDeliveries([delivery]);
    return delivery;
  };
  const post = (id: Delivery['id'], status: Delivery['status'], answer: number | null = 500) =>
    events.recordAttempt({ id, status, answer, error: answer === null ? 'timeout' : null, at: after(1) });

  it('is left as it is when it is added again', async () => {
    const delivery = await added();
    await post(delivery.id, 'pending');
    await events.ensureDeliveries([delivery]);
    expect(await events.findDelivery(delivery.id)).toMatchObject({ attempts: 1, lastStatus: 500 });
  });

  it('counts every post, also 20 at once', async () => {
    const { id, payment } = await added();
    await together(20, () => post(id, 'pending', null));
    expect(await events.listDeliveries({ payment })).toMatchObject([
      { attempts: 20, lastStatus: null, lastError: 'timeout', lastAttemptAt: after(1) },
    ]);
  });

  it('stays delivered when a late attempt says otherwise', async () => {
    const { id } = await added();
    await post(id, 'delivered', 200);
    expect(await post(id, 'failed')).toMatchObject({ status: 'delivered', attempts: 2, lastStatus: 500 });
  });

  it('is stopped without a post while it is pending, and only then', async () => {
    const [pending, delivered] = [await added(), await added()];
    await post(delivered.id, 'delivered', 200);
    for (const { id } of [pending, delivered]) await events.stopDelivery({ id, error: 'removed', at: after(2) });
    expect(await events.findDelivery(pending.id)).toMatchObject({
      status: 'stopped',
      attempts: 0,
      lastError: 'removed',
    });
    expect(await events.findDelivery(delivered.id)).toMatchObject({ status: 'delivered', lastError: null });
  });

  it('is swept while nobody took it over', async () => {
    const old = { createdAt: after(-900) };
    const [waiting, taken, done] = [await added(old), await added(old), await added(old)];
    await events.markDispatched({ id: taken.id, at: after(1) });
    await events.markDispatched({ id: taken.id, at: after(2) });
    await post(done.id, 'delivered', 200);
    const found = await events.listUndispatched({ before: after(-60), limit: 10 });
    expect(found.map(({ id }) => id)).toEqual([waiting.id]);
    expect((await events.findDelivery(taken.id))?.dispatchedAt).toEqual(after(1));
  });

  it('of nobody is an error', async () => {
    await expect(post('dlv_nobody', 'pending')).rejects.toThrow('deliveries has no document dlv_nobody');
  });
});

describe('an endpoint', () => {
  it('comes back as it was stored', async () => {
    const endpoint = anEndpoint({ filterTypes: ['payment.succeeded'], rateLimit: 5, metadata: { 'a.b': '$c' } });
    await endpoints.insert(endpoint);
    expect(await endpoints.find(endpoint.id)).toEqual(endpoint);
    expect(await endpoints.findScoped(endpoint)).toEqual(endpoint);
  });

  it('changes in the given fields only', async () => {
    const endpoint = anEndpoint();
    await endpoints.insert(endpoint);
    const set = { url: 'https://new.example', headers: { Authorization: 'Bearer x' } };
    expect(await endpoints.update({ ...endpoint, set, at: after(1) })).toBe(true);
    expect(await endpoints.findScoped(endpoint)).toEqual({ ...endpoint, ...set, updatedAt: after(1) });
    expect(await endpoints.update({ ...SCOPE, id: 'whk_nobody', set, at: after(1) })).toBe(false);
  });

  it('is removed once', async () => {
    const endpoint = anEndpoint();
    await endpoints.insert(endpoint);
    expect(await endpoints.remove(endpoint)).toBe(true);
    expect(await endpoints.remove(endpoint)).toBe(false);
    expect(await endpoints.find(endpoint.id)).toBeUndefined();
  });

  it('is listed oldest first after a given one, and among the enabled ones', async () => {
    const scope = { business: 'bus_list', mode: 'test' } as const;
    const made = [
      anEndpoint({ ...scope, id: 'whk_b', createdAt: after(1) }),
      anEndpoint({ ...scope, id: 'whk_a', createdAt: after(2) }),
      anEndpoint({ ...scope, id: 'whk_c', createdAt: after(2), disabled: true }),
    ];
    for (const endpoint of made) await endpoints.insert(endpoint);
    const listed = async (options: { after?: 'whk_b' | 'whk_a' | 'whk_gone'; limit: number }) =>
      (await endpoints.list({ ...scope, ...options })).map(({ id }) => id);
    expect(await listed({ limit: 2 })).toEqual(['whk_b', 'whk_a']);
    expect(await listed({ after: 'whk_b', limit: 2 })).toEqual(['whk_a', 'whk_c']);
    expect(await listed({ after: 'whk_a', limit: 2 })).toEqual(['whk_c']);
    expect(await listed({ after: 'whk_gone', limit: 2 })).toEqual([]);
    expect((await endpoints.listEnabled(scope)).map(({ id }) => id)).toEqual(['whk_b', 'whk_a']);
  });
});
