import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { receivers } from '../../../../test/setup/receiver.js';
import { BODY, postOffice, verified } from '../../../../test/setup/post-office.js';
import type { PostOffice } from '../../../../test/setup/post-office.js';
import { MAX_DELIVERY_ATTEMPTS, nextDelayMs } from '../domain/delivery-schedule.js';

const { serve, serveRaw, close } = receivers();
let office: PostOffice;
beforeAll(async () => {
  office = await postOffice('delivery');
});
afterAll(() => office.close());
afterEach(close);

describe('an event', () => {
  it('arrives as it was stored, signed, with the headers of its endpoint, and is delivered by any 2xx', async () => {
    for (const answer of [200, 201, 202, 204, 299]) {
      const { port, hits } = await serve((_, response) => response.writeHead(answer).end());
      const { delivery, endpoint, event } = await office.given(port, {
        endpoint: { headers: { authorization: 'Bearer shop' } },
      });
      await expect(office.deliver(delivery.id)).resolves.toEqual({ status: 'delivered' });
      expect(hits).toMatchObject([{ method: 'POST', url: '/hook', body: BODY }]);
      expect(hits[0]?.headers).toMatchObject({
        'content-type': 'application/json',
        'user-agent': 'payonce-webhooks/1',
        'webhook-id': event.id,
        authorization: 'Bearer shop',
      });
      expect(verified(hits[0], endpoint.secret)).toEqual(JSON.parse(BODY));
      await expect(office.recorded(delivery.id)).resolves.toMatchObject({
        status: 'delivered',
        attempts: 1,
        lastStatus: answer,
        lastError: null,
      });
    }
  });

  it('lets none of its endpoint’s own headers replace one of ours', async () => {
    const { port, hits } = await serve();
    const headers = {
      'Webhook-Id': 'evt_forged',
      'WEBHOOK-SIGNATURE': 'v1,x',
      'Content-Type': 'text/plain',
      'User-Agent': 'x',
      Host: 'x',
      'x-shop': '1',
    };
    const { delivery, endpoint, event } = await office.given(port, { endpoint: { headers } });
    await office.deliver(delivery.id);
    expect(hits[0]?.headers).toMatchObject({
      'webhook-id': event.id,
      'content-type': 'application/json',
      'x-shop': '1',
      host: `127.0.0.1:${port}`,
    });
    expect(verified(hits[0], endpoint.secret)).toEqual(JSON.parse(BODY));
  });

  it('is not posted again once its delivery has ended', async () => {
    const { port, hits } = await serve();
    for (const status of ['delivered', 'failed', 'stopped'] as const) {
      const { delivery } = await office.given(port, { delivery: { status, attempts: 3 } });
      await expect(office.deliver(delivery.id)).resolves.toEqual({ status });
    }
    expect(hits).toHaveLength(0);
  });

  it('keeps id and body over its attempts, and gets a time and a signature of its own for each', async () => {
    const answers = [500, 200];
    const { port, hits } = await serve((_, response) => response.writeHead(answers.shift() ?? 500).end());
    const { delivery, endpoint } = await office.given(port);
    let seconds = Math.floor(Date.now() / 1000) - 100;
    const clock = { now: () => new Date((seconds += 10) * 1000) };
    await office.deliver(delivery.id, { clock });
    await expect(office.deliver(delivery.id, { clock })).resolves.toEqual({ status: 'delivered' });
    const [first, second] = hits;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
    expect(Number(second?.headers['webhook-timestamp'])).toBeGreaterThan(Number(first?.headers['webhook-timestamp']));
    for (const hit of hits) expect(verified(hit, endpoint.secret)).toEqual(JSON.parse(BODY));
  });

  it('is posted once more after a crash between post and record: receivers know it by its id', async () => {
    const { port, hits } = await serve();
    const { delivery, event } = await office.given(port);
    const events = {
      ...office.stores.events,
      recordAttempt: () => Promise.reject(new Error('buyer@example.com: connection lost')),
    };
    const { failure } = await office.deliver(delivery.id, { stores: { events, endpoints: office.stores.endpoints } });
    expect(failure).toMatchObject({ type: 'delivery_interrupted', nonRetryable: false });
    expect(JSON.stringify([failure?.message, failure?.details, failure?.cause])).not.toContain('buyer@example.com');
    await expect(office.deliver(delivery.id)).resolves.toEqual({ status: 'delivered' });
    expect(hits.map(({ headers }) => headers['webhook-id'])).toEqual([event.id, event.id]);
  });
});

describe('a post that failed', () => {
  it('is tried again after the delays of the schedule, and the eighth ends the delivery without a throw', async () => {
    const { port, hits } = await serve((_, response) => response.writeHead(500).end('buyer@example.com'));
    const { delivery } = await office.given(port);
    const delays: unknown[] = [];
    for (let attempt = 1; attempt < MAX_DELIVERY_ATTEMPTS; attempt += 1) {
      const { failure } = await office.deliver(delivery.id);
      expect(failure).toMatchObject({
        type: 'webhook_not_delivered',
        nonRetryable: false,
        message: 'the endpoint did not take the event: http_500',
      });
      delays.push(failure?.nextRetryDelay);
      await expect(office.recorded(delivery.id)).resolves.toMatchObject({
        status: 'pending',
        attempts: attempt,
        lastStatus: 500,
        lastError: 'http_500',
      });
    }
    expect(delays).toEqual([1, 2, 3, 4, 5, 6, 7].map(nextDelayMs));
    expect(delays).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 36_000].map((seconds) => seconds * 1000));
    await expect(office.deliver(delivery.id)).resolves.toEqual({ status: 'failed' });
    await expect(office.recorded(delivery.id)).resolves.toMatchObject({ status: 'failed', attempts: 8 });
    expect(hits).toHaveLength(8);
  });

  it('goes on where the record stands when the dispatcher forgot: its own attempt count decides nothing', async () => {
    const { port } = await serve((_, response) => response.writeHead(500).end());
    const { delivery } = await office.given(port, { delivery: { attempts: 3 } });
    expect((await office.deliver(delivery.id)).failure?.nextRetryDelay).toBe(nextDelayMs(4));
  });

  it('waits up to a fifth more or less than the schedule says', async () => {
    const { port } = await serve((_, response) => response.writeHead(500).end());
    const delays: unknown[] = [];
    for (const random of [0, 0.25, 0.999_999]) {
      const { delivery } = await office.given(port, { delivery: { attempts: 2 } });
      delays.push((await office.deliver(delivery.id, { random: () => random })).failure?.nextRetryDelay);
    }
    expect(delays).toEqual([1_440_000, 1_620_000, 2_159_999]);
  });

  it.each([
    ['1', 300_000],
    ['400', 400_000],
    ['86400', 600_000],
  ])('heeds a Retry-After of %s s between the schedule and twice that: %d ms', async (header, delay) => {
    const { port } = await serve((_, response) => response.writeHead(429, { 'retry-after': header }).end());
    const { delivery } = await office.given(port, { delivery: { attempts: 1 } });
    expect((await office.deliver(delivery.id)).failure?.nextRetryDelay).toBe(delay);
  });

  it.each([301, 307, 400, 401, 404, 409, 429, 500, 503])('is one that was answered with %d', async (answer) => {
    const { port } = await serve((_, response) => response.writeHead(answer, { location: '/' }).end());
    const { delivery } = await office.given(port);
    expect((await office.deliver(delivery.id)).failure?.type).toBe('webhook_not_delivered');
    await expect(office.recorded(delivery.id)).resolves.toMatchObject({
      status: 'pending',
      lastStatus: answer,
      lastError: `http_${answer}`,
    });
  });

  it('is one that got no answer, and the record says why', async () => {
    const reset = await serveRaw((socket) => socket.resetAndDestroy());
    const cases = [
      [{ url: `http://127.0.0.1:${reset}/` }, 'connection_failed'],
      [{ url: 'http://169.254.169.254/latest' }, 'address_refused'],
      [{ url: 'ftp://shop.com/' }, 'url_refused'],
      [{ headers: { 'x-a': 'b\r\nx-c: d' } }, 'header_refused'],
    ] as const;
    for (const [endpoint, code] of cases) {
      const { delivery } = await office.given(reset, { endpoint });
      expect((await office.deliver(delivery.id)).failure?.message).toBe(`the endpoint did not take the event: ${code}`);
      await expect(office.recorded(delivery.id)).resolves.toMatchObject({
        status: 'pending',
        attempts: 1,
        lastStatus: null,
        lastError: code,
      });
    }
  });
});
