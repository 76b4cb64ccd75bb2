import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi } from '../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../test/support/api/api-server.js';
import { PRODUCT, addProduct, call } from '../../../test/support/api/calls.js';

let api: ApiServer;
let product: string;

beforeAll(async () => {
  api = await startApi({ label: 'api bad requests' });
  product = await addProduct(api);
});

afterAll(() => api.close());

describe('a body', () => {
  const post = (
    raw: string | Uint8Array<ArrayBuffer>,
    headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
  ) => call(api, { path: '/products', raw, headers });

  it.each(['{', '', 'nonsense', '{"a":NaN}', '{"a":1}}', '\ufeff{}x', "{'a':1}"])('of %j is refused', async (raw) => {
    expect([400, 422]).toContain((await post(raw)).status);
  });

  it('that is not JSON in UTF-8 is malformed', async () => {
    expect(await post('{"a":')).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST_BODY' } });
    expect((await post(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).status).toBe(400);
  });

  it('over 256 kB is too large', async () => {
    expect(await post(JSON.stringify({ ...PRODUCT, description: 'x'.repeat(257 * 1024) }))).toMatchObject({
      status: 413,
      body: { code: 'PAYLOAD_TOO_LARGE' },
    });
  });

  it('of another type or encoding is not supported', async () => {
    expect(await post('a=b', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
      status: 415,
      body: { code: 'UNSUPPORTED_MEDIA_TYPE' },
    });
    expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post('{}', {})).status).toBe(415);
    expect((await post('{}', { 'content-type': 'application/json', 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('with a field named %s is refused', async (name) => {
    expect((await post(`{"name":"a","${name}":{"x":1}}`)).status).toBe(400);
    expect((await post(JSON.stringify(PRODUCT).replace('{', `{"metadata":{"${name}":"x"},`))).status).toBe(400);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('nested ten thousand times is refused in no time', async () => {
    const start = performance.now();
    expect((await post(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)).status).toBe(400);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('of 50 kB that tempts patterns takes no time', async () => {
    const tempting = [
      'a@'.repeat(25_000),
      'https://'.padEnd(50_000, 'a.'),
      '-'.repeat(50_000),
      `${'a'.repeat(50_000)}!`,
    ];
    const start = performance.now();
    for (const text of tempting) {
      await call(api, { path: '/customers', body: { email: text, name: text } });
      await call(api, { path: '/webhooks', body: { url: text } });
      await call(api, {
        path: '/checkouts',
        body: { product_cart: [{ product_id: product, quantity: 1 }], return_url: text },
      });
    }
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

describe('an address', () => {
  it('that does not exist is not found, with or without a key', async () => {
    for (const key of [null, api.shop.test])
      expect(await call(api, { path: '/nothing', key })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect((await call(api, { path: '/Products' })).status).toBe(404);
  });

  it('says which methods it takes', async () => {
    const answer = await call(api, { method: 'PUT', path: '/products' });
    expect(answer).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' } });
    expect(answer.headers.get('allow')).toBe('POST, GET, HEAD');
    expect(
      (await call(api, { method: 'PUT', path: '/products', key: null, headers: { 'x-http-method-override': 'GET' } }))
        .status,
    ).toBe(405);
  });

  it('tells nothing about the machine, and hardens every answer', async () => {
    const { headers } = await call(api, { path: '/products' });
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
    expect(headers.get('x-request-id')).toMatch(/^[A-Za-z0-9_-]{21}$/);
  });
});

it('keeps its temper with raw nonsense on the wire', async () => {
  const { hostname, port } = new URL(api.url);
  const say = (text: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = createConnection({ host: hostname, port: Number(port) }, () => socket.end(text));
      let heard = '';
      socket.on('data', (chunk) => (heard += chunk.toString()));
      socket.on('close', () => resolve(heard));
      socket.on('error', () => resolve(heard));
    });
  const smuggled =
    'POST /customers HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /x';
  for (const text of [
    'nonsense\r\n\r\n',
    'TRACE /products HTTP/1.1\r\nhost: x\r\n\r\n',
    `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
    smuggled,
  ]) {
    expect(await say(text)).toMatch(/^HTTP\/1\.1 4\d\d /);
  }
  expect((await call(api, { path: '/health', key: null })).status).toBe(200);
});
