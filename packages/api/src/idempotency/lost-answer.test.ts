import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApi } from '../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../test/support/api/api-server.js';
import { addProduct, buy, call } from '../../../../test/support/api/calls.js';

let api: ApiServer;
let product: string;

beforeAll(async () => {
  api = await startApi({ label: 'api lost answers' });
  product = await addProduct(api);
});

afterAll(() => api.close());

beforeEach(() => {
  api.purchases.calls.length = 0;
});

const cart = (quantity = 1) => ({ product_cart: [{ product_id: product, quantity }] });
const checkout = ({
  body = cart(),
  ...rest
}: {
  body?: unknown;
  caller?: string;
  headers?: Readonly<Record<string, string>>;
}) =>
  call(api, {
    path: '/checkouts',
    body,
    ...(rest.caller !== undefined && { key: rest.caller }),
    ...(rest.headers && { headers: rest.headers }),
  });
const started = () => api.purchases.calls.filter((each) => each.startsWith('start')).length;

describe('a POST without a key', () => {
  const retry = { 'x-stainless-retry-count': '1' };

  /** Sends a request over a connection that can be cut. */
  function send(quantity: number, ...headers: readonly string[]): Socket {
    const body = JSON.stringify(cart(quantity));
    const { hostname, port } = new URL(api.url);
    const socket = createConnection({ host: hostname, port: Number(port) });
    const lines = [
      'POST /checkouts HTTP/1.1',
      'host: x',
      `authorization: Bearer ${api.shop.test}`,
      'content-type: application/json',
      `content-length: ${body.length}`,
      ...headers,
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
    return socket;
  }

  /** Sends the same again, and hangs up the moment that its answer is found. */
  async function retryThatHangsUp(quantity: number): Promise<void> {
    const { idempotency } = api.deps.stores;
    const { takeLost } = idempotency;
    await new Promise<void>((resolve) => {
      Object.assign(idempotency, {
        async takeLost(request: Parameters<typeof takeLost>[0]) {
          const lost = await takeLost(request);
          socket.destroy();
          await new Promise((closed) => setTimeout(closed, 100));
          resolve();
          return lost;
        },
      });
      const socket = send(quantity, 'x-stainless-retry-count: 1');
    });
    Object.assign(idempotency, { takeLost });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }

  /** Sends a request and hangs up without waiting for the answer. */
  async function hangUp(quantity: number): Promise<void> {
    const before = started();
    const { start } = api.purchases;
    const slow = Object.assign(api.purchases, {
      async start(session: Parameters<typeof start>[0]) {
        socket.destroy();
        await new Promise((resolve) => setTimeout(resolve, 100));
        await start(session);
      },
    });
    const socket = send(quantity);
    for (let tries = 0; tries < 100 && started() === before; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    Object.assign(slow, { start });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }

  it('is two purchases when two buyers send the same body', async () => {
    const [first, second] = [await checkout({}), await checkout({})];
    expect(second.body['session_id']).not.toBe(first.body['session_id']);
  });

  it('is two purchases when a retry follows an answer that arrived', async () => {
    await checkout({ body: cart(11) });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await checkout({ body: cart(11), headers: retry })).headers.get('idempotent-replayed')).toBeNull();
    expect(started()).toBe(2);
  });

  it('gives a retry the answer that never arrived, once', async () => {
    await hangUp(12);
    const second = await checkout({ body: cart(12), headers: retry });
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(started()).toBe(1);
    expect((await checkout({ body: cart(12), headers: retry })).headers.get('idempotent-replayed')).toBeNull();
  });

  it('gives it to nobody else, to no first try, and not after two minutes', async () => {
    await hangUp(13);
    const replayed = async (request: Parameters<typeof checkout>[0]) =>
      (await checkout(request)).headers.get('idempotent-replayed');
    expect(await replayed({ body: cart(13) })).toBeNull();
    expect(await replayed({ body: cart(14), headers: retry })).toBeNull();
    expect(await replayed({ body: cart(13), headers: { 'x-stainless-retry-count': '0' } })).toBeNull();
    expect(await replayed({ body: cart(13), headers: retry, caller: api.shop.live })).toBeNull();
    api.clock.pass(121_000);
    expect(await replayed({ body: cart(13), headers: retry })).toBeNull();
  });

  it('makes a retry wait for the request that its caller hung up on', async () => {
    const { start } = api.purchases;
    const gone = new AbortController();
    const slow = Object.assign(api.purchases, {
      async start(session: Parameters<typeof start>[0]) {
        gone.abort();
        await new Promise((resolve) => setTimeout(resolve, 700));
        await start(session);
      },
    });
    const send = (signal: AbortSignal) =>
      fetch(`${api.url}/checkouts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${api.shop.test}`, 'content-type': 'application/json' },
        body: JSON.stringify(cart(15)),
        signal,
      });
    await expect(send(gone.signal)).rejects.toThrow('aborted');
    expect((await checkout({ body: cart(15), headers: retry })).headers.get('idempotent-replayed')).toBe('true');
    Object.assign(slow, { start });
    expect(started()).toBe(1);
  });

  it('keeps it for the next retry when that one got nothing either', async () => {
    await hangUp(16);
    await retryThatHangsUp(16);
    const third = await checkout({ body: cart(16), headers: { 'x-stainless-retry-count': '2' } });
    expect(third.headers.get('idempotent-replayed')).toBe('true');
    expect(started()).toBe(1);
  });

  it('refunds once when a retry follows a lost answer', async () => {
    const { payment } = await buy(api, { product });
    const refund = () => call(api, { path: '/refunds', body: { payment_id: payment }, headers: retry });
    const { markFlushed, markHungUp } = api.deps.stores.idempotency;
    Object.assign(api.deps.stores.idempotency, { markFlushed: markHungUp });
    const first = await refund();
    Object.assign(api.deps.stores.idempotency, { markFlushed });
    const second = await refund();
    expect(first.status).toBe(200);
    expect(second.text).toBe(first.text);
  });
});
