import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi } from '../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../test/support/api/api-server.js';
import { PRODUCT, addProduct, call } from '../../../test/support/api/calls.js';
import { endpoints } from './endpoints.js';

let api: ApiServer;
let product: string;

beforeAll(async () => {
  api = await startApi({ label: 'api bad input' });
  product = await addProduct(api);
});

afterAll(() => api.close());

const OPERATORS = [
  { $ne: null },
  { $gt: '' },
  { $where: '1' },
  { $regex: '.*' },
  ['a', { $ne: 1 }],
  { a: { $in: [] } },
];
const ODD = [
  null,
  '',
  'x'.repeat(100_000),
  0,
  -0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 1,
  true,
  [],
  {},
  [[]],
  '\u0000',
  '\ud800',
  '🦊',
  '../../etc/passwd',
  '${7*7}',
  '{{7*7}}',
  "'; DROP TABLE x;--",
  '<script>',
];

/** Bodies that are right but for one field. */
const BODIES: readonly (readonly [path: string, body: () => Record<string, unknown>])[] = [
  ['/products', () => ({ ...PRODUCT, metadata: { a: 1 } })],
  [
    '/checkouts',
    () => ({
      product_cart: [{ product_id: product, quantity: 1 }],
      customer: { email: 'a@example.com', name: 'A' },
      billing_address: { country: 'DE' },
      return_url: 'https://a.example.com',
      metadata: {},
    }),
  ],
  [
    '/checkouts/preview',
    () => ({ product_cart: [{ product_id: product, quantity: 1 }], billing_address: { country: 'DE' } }),
  ],
  [
    '/refunds',
    () => ({ payment_id: 'pay_000000000000000000000', items: [{ item_id: product, amount: 1 }], reason: 'r' }),
  ],
  ['/customers', () => ({ email: 'a@example.com', name: 'A', phone_number: '1', metadata: {} })],
  [
    '/webhooks',
    () => ({
      url: 'https://a.example.com',
      description: 'd',
      headers: {},
      metadata: {},
      rate_limit: 1,
      filter_types: [],
    }),
  ],
  ['/licenses/activate', () => ({ license_key: 'k', name: 'n' })],
  ['/licenses/deactivate', () => ({ license_key: 'k', license_key_instance_id: 'lki_1' })],
  ['/licenses/validate', () => ({ license_key: 'k', license_key_instance_id: 'lki_1' })],
];

/** The same body with one field, at any depth, replaced. */
function* corrupted(value: unknown, odd: unknown): Generator<unknown> {
  yield odd;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    for (const changed of corrupted(inner, odd)) {
      yield Array.isArray(value)
        ? value.map((each, at) => (String(at) === name ? changed : each))
        : { ...value, [name]: changed };
    }
  }
}

describe('nothing that a caller sends is an error of ours:', () => {
  it.each(BODIES)('%s with any field replaced by anything', async (path, body) => {
    const bodies = [...ODD, ...OPERATORS]
      .flatMap((odd) => [...corrupted(body(), odd)])
      .map((changed) => JSON.stringify(changed));
    for (let at = 0; at < bodies.length; at += 20) {
      const send = (raw: string) => call(api, { path, raw, headers: { 'content-type': 'application/json' } });
      const batch = bodies.slice(at, at + 20);
      const answers = await Promise.all(batch.map(send));
      expect(answers.flatMap(({ status }, index) => (status < 500 ? [] : [batch[index]?.slice(0, 300)]))).toEqual([]);
      expect(answers.map(({ text }) => text).join('')).not.toMatch(/ at .*\.ts|node_modules|Mongo/);
    }
  });

  it.each(BODIES)('%s with an operator in a field is refused, never matched', async (path, body) => {
    for (const [name] of Object.entries(body()).filter(([, value]) => typeof value === 'string')) {
      const { status } = await call(api, { path, body: { ...body(), [name]: { $ne: null } } });
      expect([name, status]).toEqual([name, 422]);
    }
  });

  it('odd queries and paths of every list', async () => {
    const lists = endpoints(api.deps).filter(({ method, path }) => method === 'get' && !path.includes(':'));
    const queries = [
      'page_size[$gt]=',
      'customer_id[$ne]=x',
      'status[]=a',
      'created_at_gte=yesterday',
      'created_at_gte=99999-01-01T00:00:00Z',
      '%00=%00',
      'page_number=1e9',
      '__proto__[x]=1',
      '__proto__=1',
      'constructor=1',
      '&&&=',
      'a=%E0%A4%A',
    ];
    for (const { path } of lists) {
      for (const query of queries)
        expect([path, query, (await call(api, { path: `${path}?${query}` })).status < 500]).toEqual([
          path,
          query,
          true,
        ]);
    }
    const ids = [
      'x',
      '%00',
      '%2e%2e',
      '..%2f..',
      '[object Object]',
      '{"$ne":null}',
      'pdt_'.padEnd(500, 'x'),
      '%E0%A4%A',
      'pdt_000000000000000000000%00',
    ];
    for (const kind of ['products', 'checkouts', 'payments', 'refunds', 'customers', 'license_keys', 'webhooks']) {
      for (const id of ids) expect([400, 404]).toContain((await call(api, { path: `/${kind}/${id}` })).status);
    }
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});
