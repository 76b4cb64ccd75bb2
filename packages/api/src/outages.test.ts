import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PluginMissingError } from '@payonce/engine/plugins';
import { MongoNetworkError, MongoServerError } from 'mongodb';
import { startApi } from '../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../test/support/api/api-server.js';
import { PRODUCT, addProduct, buy, call } from '../../../test/support/api/calls.js';
import { createApp } from './app.js';
import type { ReadinessCheck } from './deps.js';
import { serve } from './serve.js';

let api: ApiServer;

beforeAll(async () => {
  api = await startApi({ label: 'api outages' });
});

afterAll(() => api.close());

describe('while the database is away', () => {
  it('answers 503 with a time to come back, and nothing of the inside', async () => {
    const { insert } = api.deps.stores.products;
    Object.assign(api.deps.stores.products, {
      insert: () => Promise.reject(new MongoNetworkError('connection 3 to 10.0.0.7:27017 closed')),
    });
    const answer = await call(api, { path: '/products', body: PRODUCT });
    Object.assign(api.deps.stores.products, { insert });
    expect(answer).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.text).not.toContain('10.0.0.7');
  });

  it('keeps values out of the log that an error repeats', async () => {
    const { ensure } = api.deps.stores.customers;
    Object.assign(api.deps.stores.customers, {
      ensure: () =>
        Promise.reject(
          new MongoServerError({ message: 'E11000 dup key: { emailLower: "canary@example.com" }', code: 11000 }),
        ),
    });
    const answer = await call(api, { path: '/customers', body: { email: 'x@example.com', name: 'X' } });
    Object.assign(api.deps.stores.customers, { ensure });
    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL_SERVER_ERROR' } });
    expect(answer.text).not.toContain('canary');
    expect(api.logged()).toContain('11000');
    expect(api.logged()).not.toContain('canary');
  });
});

it('answers 503 when a plugin is what failed', async () => {
  const { parseSettings } = api.deps.plugins;
  Object.assign(api.deps.plugins, {
    parseSettings: () => Promise.reject(new PluginMissingError('no plugin provides it')),
  });
  const answer = await call(api, { path: '/products', body: { ...PRODUCT, license_key_enabled: true } });
  Object.assign(api.deps.plugins, { parseSettings });
  expect(answer).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } });
});

it('logs requests without people, keys, tokens or query strings', async () => {
  const product = await addProduct(api, { license_key_enabled: true });
  const { payment } = await buy(api, { product, email: 'canary-mail@example.com' });
  await call(api, { path: '/customers?email=canary-mail@example.com' });
  await call(api, { path: `/payments/${payment}?canary=1` });
  const { body } = await call(api, {
    method: 'PUT',
    path: `/products/${product}/files`,
    body: { file_name: 'canary-file.zip' },
  });
  const token = String(body['url']).split('/uploads/')[1] ?? 'none';
  await call(api, { method: 'PUT', path: `/uploads/${token}`, raw: 'bytes', key: null });
  for (const canary of ['canary', api.shop.test, token, '10115', 'Berlin']) expect(api.logged()).not.toContain(canary);
  const line = api
    .logged()
    .split('\n')
    .filter((each) => each.includes(payment))
    .at(-1);
  expect(JSON.parse(line ?? '{}')).toMatchObject({
    level: 'info',
    requestId: expect.any(String),
    id: payment,
    req: { method: 'GET', path: `/payments/${payment}` },
    res: { status: 200 },
  });
});

describe('readiness', () => {
  const checks: { readonly [name: string]: ReadinessCheck['check'] } = {
    mongodb: async () => undefined,
    temporal: () => Promise.reject(new Error('unreachable')),
    slow: () => new Promise(() => undefined),
  };
  const ready = async (...names: readonly string[]) => {
    const readiness = names.map((name) => ({ name, check: checks[name] ?? (async () => undefined) }));
    const listening = await serve({ app: createApp({ ...api.deps, readiness }), port: 0, host: '127.0.0.1' });
    const answer = await call({ ...api, url: `http://127.0.0.1:${listening.port}` }, { path: '/ready', key: null });
    await listening.close();
    return answer;
  };

  it('names what is missing, and does not wait for ever', async () => {
    expect(await ready('mongodb', 'temporal', 'slow')).toMatchObject({
      status: 503,
      body: { status: 'unavailable', checks: { mongodb: 'ok', temporal: 'failed', slow: 'failed' } },
    });
    expect(await ready('mongodb')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('is something else than being alive', async () => {
    expect(await call(api, { path: '/health', key: null })).toMatchObject({ status: 200, body: { status: 'ok' } });
  });
});

it('finishes what runs when it is told to stop', async () => {
  const listening = await serve({
    app: (_request, response) => void setTimeout(() => response.end('done'), 300),
    port: 0,
    host: '127.0.0.1',
  });
  const answer = fetch(`http://127.0.0.1:${listening.port}/`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const closed = listening.close();
  expect(await (await answer).text()).toBe('done');
  await closed;
  await expect(fetch(`http://127.0.0.1:${listening.port}/`)).rejects.toThrow('fetch failed');
});
