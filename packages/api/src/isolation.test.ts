import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi } from '../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../test/support/api/api-server.js';
import { ADDRESS, PRODUCT, addProduct, buy, call } from '../../../test/support/api/calls.js';
import { endpoints } from './endpoints.js';
import type { Endpoint } from './http/endpoint.js';

let api: ApiServer;
/** One thing of every kind that belongs to the shop, by the prefix of its id. */
let own: Readonly<Record<string, string>>;

beforeAll(async () => {
  api = await startApi({ label: 'api isolation' });
  const product = await addProduct(api, { license_key_enabled: true });
  const { payment, session } = await buy(api, { product });
  const refund = await call(api, {
    path: '/refunds',
    body: { payment_id: payment, items: [{ item_id: product, amount: 1 }] },
  });
  const customers = await call(api, { path: '/customers' });
  const keys = await call(api, { path: '/license_keys' });
  const entitlement = await call(api, {
    path: '/entitlements',
    body: { name: 'Keys', integration_type: 'license_key', integration_config: {} },
  });
  const endpoint = await call(api, { path: '/webhooks', body: { url: 'https://shop.example.com/hook' } });
  own = {
    products: product,
    checkouts: session,
    payments: payment,
    refunds: String(refund.body['refund_id']),
    customers: String(customers.body.items?.[0]?.['customer_id']),
    entitlements: String(entitlement.body['id']),
    license_keys: String(keys.body.items?.[0]?.['id']),
    webhooks: String(endpoint.body['id']),
  };
});

afterAll(() => api.close());

const keyed = (): readonly Endpoint[] => endpoints(api.deps).filter(({ access }) => access === 'key');
const pathOf = ({ path }: Endpoint): string => path.replace(':id', own[path.split('/')[1] ?? ''] ?? 'none');

/** What each route needs to get as far as a look-up. */
const BODIES: Readonly<Record<string, () => unknown>> = {
  'post /products': () => PRODUCT,
  'patch /products/:id': () => ({ name: 'Stolen' }),
  'put /products/:id/files': () => ({ file_name: 'x.zip' }),
  'post /checkouts': () => ({
    product_cart: [{ product_id: own['products'], quantity: 1 }],
    customer: { customer_id: own['customers'] },
    billing_address: ADDRESS,
  }),
  'post /checkouts/preview': () => ({ product_cart: [{ product_id: own['products'], quantity: 1 }] }),
  'post /refunds': () => ({ payment_id: own['payments'] }),
  'post /customers': () => ({ email: 'x@example.com', name: 'X' }),
  'patch /entitlements/:id': () => ({ name: 'Stolen' }),
  'post /entitlements': () => ({ name: 'Keys', integration_type: 'license_key', integration_config: {} }),
  'patch /license_keys/:id': () => ({ disabled: true }),
  'post /grants/:grant/license-key': () => ({ key: 'SUPPLIED' }),
  'post /webhooks': () => ({ url: 'https://rival.example.com/hook' }),
  'patch /webhooks/:id': () => ({ disabled: true }),
  'patch /webhooks/:id/headers': () => ({ headers: { 'x-a': 'b' } }),
};

const knock = (
  endpoint: Endpoint,
  { key, headers }: { readonly key?: string | null; readonly headers?: Readonly<Record<string, string>> },
) => {
  const body = BODIES[`${endpoint.method} ${endpoint.path}`]?.();
  return call(api, {
    method: endpoint.method.toUpperCase(),
    path: pathOf(endpoint),
    ...(key !== undefined && { key }),
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  });
};

const makesOnly = (endpoint: Endpoint): boolean =>
  ['post /products', 'post /customers', 'post /entitlements', 'post /webhooks'].includes(
    `${endpoint.method} ${endpoint.path}`,
  );
/** What is installed is the same for every merchant. */
const isOfInstallation = ({ method, path }: Endpoint): boolean =>
  method === 'get' && ['/fulfillment_providers', '/processors'].includes(path);
const isList = ({ method, path }: Endpoint): boolean => method === 'get' && !path.includes(':');
const snapshot = async (): Promise<string> =>
  JSON.stringify(
    await Promise.all(
      Object.entries(own).map(async ([kind, id]) => (await call(api, { path: `/${kind}/${id}` })).body),
    ),
  );

describe('another merchant, and the other mode of the same one,', () => {
  it.each(['rival', 'live'] as const)('finds nothing on any route (%s)', async (who) => {
    const key = who === 'rival' ? api.rival.test : api.shop.live;
    const before = await snapshot();
    for (const endpoint of keyed().filter((each) => !makesOnly(each) && !isOfInstallation(each))) {
      const where = `${endpoint.method} ${endpoint.path}`;
      const { status, body } = await knock(endpoint, { key });
      const nothing = isList(endpoint) ? [200, undefined, []] : [404, 'NOT_FOUND', undefined];
      expect([where, status, body.code, body.items ?? body['data']]).toEqual([where, ...nothing]);
    }
    expect(await snapshot()).toBe(before);
  });

  it('is told the same words as about something that does not exist', async () => {
    for (const [kind, id] of Object.entries(own)) {
      const foreign = await call(api, { path: `/${kind}/${id}`, key: api.rival.test });
      const missing = await call(api, {
        path: `/${kind}/${id.split('_')[0]}_000000000000000000000`,
        key: api.rival.test,
      });
      expect([kind, foreign.text]).toEqual([kind, missing.text]);
    }
  });

  it('gets nothing by filters of lists', async () => {
    for (const path of [
      `/payments?customer_id=${own['customers']}`,
      `/license_keys?product_id=${own['products']}`,
      `/license_key_instances?license_key_id=${own['license_keys']}`,
    ]) {
      expect((await call(api, { path, key: api.rival.test })).body.items).toEqual([]);
    }
  });
});

describe('a caller without a good key', () => {
  const badKeys = () => {
    const { test } = api.shop;
    const flipped = test.slice(0, -1) + (test.endsWith('0') ? '1' : '0');
    return [
      null,
      flipped,
      test.replace('_test_', '_live_'),
      'dodo_test_123',
      'payonce_test_',
      `${test}x`,
      test.slice(0, -1),
    ];
  };

  it('is refused on every route', async () => {
    for (const endpoint of keyed()) {
      const { status, body, headers } = await knock(endpoint, { key: null });
      expect([endpoint.path, status, body.code, headers.get('www-authenticate')]).toEqual([
        endpoint.path,
        401,
        'UNAUTHORIZED',
        'Bearer',
      ]);
    }
  });

  it('costs no look-up when the key cannot be one', async () => {
    const { findKey } = api.deps.stores.businesses;
    let lookUps = 0;
    Object.assign(api.deps.stores.businesses, {
      findKey: (hash: string) => {
        lookUps += 1;
        return findKey(hash);
      },
    });
    for (const key of badKeys()) expect((await call(api, { path: '/payments', key })).status).toBe(401);
    const headers = [
      { authorization: 'Basic abc' },
      { authorization: `Bearer  ${api.shop.test}` },
      { authorization: '{"$ne":null}' },
      { cookie: api.shop.test },
    ];
    for (const each of headers)
      expect((await call(api, { path: '/payments', key: null, headers: each })).status).toBe(401);
    Object.assign(api.deps.stores.businesses, { findKey });
    expect(lookUps).toBe(0);
  });

  it('is refused from the moment that the key is revoked', async () => {
    const { stores, secrets } = api.deps;
    expect((await call(api, { path: '/payments', key: api.rival.live })).status).toBe(200);
    await stores.businesses.revokeKey({ hash: secrets.hash(api.rival.live), at: new Date() });
    expect((await call(api, { path: '/payments', key: api.rival.live })).status).toBe(401);
  });
});
