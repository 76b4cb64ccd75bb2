import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { receivers } from '../../../../test/setup/receiver.js';
import { postOffice, verified } from '../../../../test/setup/post-office.js';
import type { PostOffice } from '../../../../test/setup/post-office.js';
import { newWebhookSecret } from '../adapters/index.js';

const { serve, close } = receivers();
let office: PostOffice;
beforeAll(async () => {
  office = await postOffice('delivery_endpoint');
});
afterAll(() => office.close());
afterEach(close);

describe('an endpoint', () => {
  it('that was disabled or deleted gets nothing more: the delivery is stopped and counts no post', async () => {
    const { port, hits } = await serve();
    const disabled = await office.given(port, { endpoint: { disabled: true }, delivery: { attempts: 2 } });
    const deleted = await office.given(port);
    await office.stores.endpoints.remove(deleted.endpoint);
    for (const { delivery } of [disabled, deleted]) {
      await expect(office.deliver(delivery.id)).resolves.toEqual({ status: 'stopped' });
      await expect(office.deliver(delivery.id)).resolves.toEqual({ status: 'stopped' });
    }
    expect(hits).toHaveLength(0);
    await expect(office.recorded(disabled.delivery.id)).resolves.toMatchObject({
      status: 'stopped',
      attempts: 2,
      lastError: 'endpoint_disabled',
    });
    await expect(office.recorded(deleted.delivery.id)).resolves.toMatchObject({
      status: 'stopped',
      attempts: 0,
      lastError: 'endpoint_deleted',
    });
  });

  it('that answers 410 is disabled, and its other deliveries stop', async () => {
    const { port, hits } = await serve((_, response) => response.writeHead(410).end());
    const { delivery, endpoint } = await office.given(port);
    const other = { ...delivery, id: 'dlv_other' } as const;
    await office.stores.events.ensureDeliveries([other]);
    await expect(office.deliver(delivery.id)).resolves.toEqual({ status: 'stopped' });
    await expect(office.stores.endpoints.find(endpoint.id)).resolves.toMatchObject({ disabled: true });
    await expect(office.recorded(delivery.id)).resolves.toMatchObject({
      status: 'stopped',
      attempts: 1,
      lastStatus: 410,
      lastError: 'http_410',
    });
    await expect(office.deliver(other.id)).resolves.toEqual({ status: 'stopped' });
    expect(hits).toHaveLength(1);
  });

  it('that answers 410 stays disabled when a crash loses the record of the post', async () => {
    const { port, hits } = await serve((_, response) => response.writeHead(410).end());
    const { delivery, endpoint } = await office.given(port);
    const events = { ...office.stores.events, recordAttempt: () => Promise.reject(new Error('connection lost')) };
    await office.deliver(delivery.id, { stores: { events, endpoints: office.stores.endpoints } });
    await expect(office.stores.endpoints.find(endpoint.id)).resolves.toMatchObject({ disabled: true });
    await expect(office.deliver(delivery.id)).resolves.toEqual({ status: 'stopped' });
    expect(hits).toHaveLength(1);
  });

  it('that was moved between two attempts gets the next one at its new place', async () => {
    const before = await serve((_, response) => response.writeHead(500).end());
    const after = await serve();
    const { delivery, endpoint } = await office.given(before.port);
    await office.deliver(delivery.id);
    await office.stores.endpoints.update({
      ...endpoint,
      set: { url: `http://127.0.0.1:${after.port}/new` },
      at: new Date(),
    });
    await expect(office.deliver(delivery.id)).resolves.toEqual({ status: 'delivered' });
    expect(after.hits).toMatchObject([{ url: '/new' }]);
    expect(verified(after.hits[0], endpoint.secret)).toBeDefined();
    expect(() => verified(after.hits[0], newWebhookSecret())).toThrow('No matching signature');
  });

  it('that hangs holds eight places and no more; deliveries to others go on, and waiting counts no post', async () => {
    const held: (() => void)[] = [];
    const slow = await serve((_, response) => held.push(() => response.end()));
    const quick = await serve();
    const run = office.worker();
    const hanging = await office.given(slow.port);
    const ids = Array.from({ length: 9 }, (_, index) => `dlv_slow_${index}` as const);
    await office.stores.events.ensureDeliveries(ids.map((id) => ({ ...hanging.delivery, id })));
    const runs = ids.map((id) => run(id));
    const refused = await Promise.race(runs);
    expect(refused.failure).toMatchObject({ type: 'endpoint_busy', nonRetryable: false, nextRetryDelay: 2000 });
    await expect(run((await office.given(quick.port)).delivery.id)).resolves.toEqual({ status: 'delivered' });
    while (held.length < 8) await new Promise((later) => setTimeout(later, 10));
    held.forEach((release) => release());
    expect((await Promise.all(runs)).filter(({ status }) => status === 'delivered')).toHaveLength(8);
    const waiting = (await Promise.all(ids.map(office.recorded))).filter((delivery) => delivery?.status === 'pending');
    expect(waiting).toMatchObject([{ attempts: 0, lastError: null }]);
  });
});

describe('a delivery is refused for good, and nothing is posted,', () => {
  it('when its endpoint belongs to another business or to the other mode', async () => {
    const { port, hits } = await serve();
    for (const endpoint of [{ business: 'bus_2' }, { mode: 'live' }] as const) {
      const { delivery } = await office.given(port, { endpoint });
      await expect(office.deliver(delivery.id)).resolves.toEqual({ status: 'stopped' });
    }
    expect(hits).toHaveLength(0);
  });

  it('when its event belongs to another business or to the other mode', async () => {
    const { port, hits } = await serve();
    for (const event of [{ business: 'bus_2' }, { mode: 'live' }] as const) {
      const { delivery } = await office.given(port, { event });
      expect((await office.deliver(delivery.id)).failure).toMatchObject({
        type: 'event_out_of_scope',
        nonRetryable: true,
      });
    }
    expect(hits).toHaveLength(0);
  });

  it('when it, or its event, is not stored', async () => {
    const { port, hits } = await serve();
    const { delivery } = await office.given(port, { delivery: { event: 'evt_missing' } });
    expect((await office.deliver(delivery.id)).failure).toMatchObject({ type: 'event_not_found', nonRetryable: true });
    expect((await office.deliver('dlv_missing')).failure).toMatchObject({
      type: 'delivery_not_found',
      nonRetryable: true,
    });
    expect(hits).toHaveLength(0);
  });
});
