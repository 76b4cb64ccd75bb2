import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SessionId } from '@payonce/engine/domain';
import { startApi } from '../../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../../test/support/api/api-server.js';
import { PRODUCT, addProduct, buy, call } from '../../../../../test/support/api/calls.js';
import { ticket, ticketDesk } from '../../../../../test/support/ticket-desk.js';

let api: ApiServer;

beforeAll(async () => {
  api = await startApi({ label: 'api entitlements', plugins: [ticketDesk().plugin] });
});

afterAll(() => api.close());

const TICKET = { name: 'A seat', integration_type: 'tickets', integration_config: { event: 'Concert' } };

const create = (fields: object = {}, key?: string) =>
  call(api, { path: '/entitlements', body: { ...TICKET, ...fields }, ...(key !== undefined && { key }) });
const created = async (fields: object = {}): Promise<string> => String((await create(fields)).body['id']);
const at = (id: string) => `/entitlements/${id}`;
const read = async (id: string) => (await call(api, { path: at(id) })).body;
const patch = (id: string, body: object) => call(api, { method: 'PATCH', path: at(id), body });
const product = (id: string) => call(api, { path: `/products/${id}` });
const attach = (ids: readonly string[]) => ids.map((id) => ({ entitlement_id: id }));
const namesIn = ({ body }: Awaited<ReturnType<typeof product>>) =>
  (body['entitlements'] as readonly { readonly name: string }[]).map(({ name }) => name);

describe('an entitlement', () => {
  it('of any provider is made, read and listed', async () => {
    const answer = await create({ description: 'Row 1', metadata: { tour: 7 } });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id: expect.stringMatching(/^ent_/),
      business_id: api.shop.business,
      name: 'A seat',
      description: 'Row 1',
      integration_type: 'feature_flag',
      integration_config: { feature_type: 'boolean', feature_id: 'tickets' },
      provider: 'tickets',
      settings: { event: 'Concert' },
      is_active: true,
      metadata: { tour: 7 },
    });
    expect(await read(String(answer.body['id']))).toEqual(answer.body);
    expect((await call(api, { path: '/entitlements' })).body.items).toContainEqual(answer.body);
  });

  it.each([
    [
      'license keys by the words of the public API',
      {
        integration_type: 'license_key',
        integration_config: { activations_limit: 3, duration_count: 1, duration_interval: 'Year' },
      },
      {
        provider: 'license-keys',
        integration_type: 'license_key',
        integration_config: {
          activation_message: null,
          activations_limit: 3,
          duration_count: 1,
          duration_interval: 'Year',
          fulfillment_mode: 'auto',
        },
      },
    ],
    [
      'license keys that the merchant supplies',
      { integration_type: 'license_key', integration_config: { fulfillment_mode: 'manual' } },
      { provider: 'license-keys', integration_config: { fulfillment_mode: 'manual' } },
    ],
    [
      'a link',
      {
        integration_type: 'digital_files',
        integration_config: { digital_file_ids: [], external_url: 'https://files.example/x' },
      },
      {
        provider: 'files',
        integration_config: {
          digital_files: { files: [], external_url: 'https://files.example/x', instructions: null },
        },
      },
    ],
    [
      'any provider, named as such',
      { integration_type: undefined, integration_config: undefined, provider: 'tickets', settings: { event: 'Fair' } },
      { provider: 'tickets', settings: { event: 'Fair' }, integration_type: 'feature_flag' },
    ],
    [
      'any provider, for clients whose types know the list alone',
      {
        integration_type: 'feature_flag',
        integration_config: { feature_type: 'boolean', feature_id: 'tickets' },
        provider: 'tickets',
        settings: { event: 'Fair' },
      },
      { provider: 'tickets', settings: { event: 'Fair' } },
    ],
  ])('may be %s', async (_, fields, shown) => {
    expect(await create(fields)).toMatchObject({ status: 200, body: shown });
  });

  it.each([
    [{ integration_config: { event: '' } }, 'INVALID_REQUEST_BODY', 'integration_config.event: '],
    [
      { integration_config: { event: 'X', seats: { row: 0 } } },
      'INVALID_REQUEST_BODY',
      'integration_config.seats.row: ',
    ],
    [{ settings: { event: 7 }, integration_config: null }, 'INVALID_REQUEST_BODY', 'settings.event: '],
    [{ integration_type: 'discord' }, 'UNSUPPORTED_FEATURE', "integration_type: no plugin serves 'discord'"],
    [{ integration_type: 'feature_flag' }, 'UNSUPPORTED_FEATURE', "integration_type: no plugin serves 'feature_flag'"],
    [{ integration_type: null }, 'INVALID_REQUEST_BODY', 'integration_type: is missing'],
    [{ provider: 'nobody' }, 'UNSUPPORTED_FEATURE', "provider: no plugin serves 'nobody'"],
    [{ provider: 'files' }, 'INVALID_REQUEST_BODY', 'integration_type: is not what provider'],
    [{ name: '' }, 'INVALID_REQUEST_BODY', 'name: '],
    [{ colour: 'red' }, 'INVALID_REQUEST_BODY', 'colour: there is no such field'],
    [
      { integration_type: 'license_key', integration_config: { duration_count: 1 } },
      'INVALID_REQUEST_BODY',
      'integration_config.duration_count: comes with duration_interval',
    ],
    [
      { integration_type: 'digital_files', integration_config: { digital_file_ids: ['f'] } },
      'INVALID_REQUEST_BODY',
      'integration_config.digital_file_ids: files belong to products',
    ],
    [
      { integration_type: 'digital_files', integration_config: { digital_file_ids: [] } },
      'INVALID_REQUEST_BODY',
      'integration_config.external_url: is missing',
    ],
  ])('that says %j is refused, naming the path', async (fields, code, message) => {
    const answer = await create(fields);
    expect(answer).toMatchObject({ status: 422, body: { code } });
    expect(answer.body.message).toContain(message);
  });

  it('changes what is sent, and replaces what the provider is told', async () => {
    const id = await created({ description: 'Row 1' });
    expect(await patch(id, { name: 'A better seat', description: null })).toMatchObject({
      status: 200,
      body: { name: 'A better seat', description: null, settings: { event: 'Concert' } },
    });
    expect(await patch(id, { integration_config: { event: 'Fair', seats: { row: 2 } } })).toMatchObject({
      body: { name: 'A better seat', settings: { event: 'Fair', seats: { row: 2 } } },
    });
    expect(await patch(id, { settings: { event: '' } })).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining('settings.event: ') },
    });
    expect(await read(id)).toMatchObject({ settings: { event: 'Fair', seats: { row: 2 } } });
  });

  it('is gone when it is deleted', async () => {
    const id = await created();
    expect(await call(api, { method: 'DELETE', path: at(id) })).toMatchObject({ status: 200, text: '' });
    for (const method of ['GET', 'PATCH', 'DELETE'])
      expect(await call(api, { method, path: at(id), ...(method === 'PATCH' && { body: {} }) })).toMatchObject({
        status: 404,
        body: { code: 'NOT_FOUND' },
      });
    const { items } = (await call(api, { path: '/entitlements' })).body;
    expect(items?.map((each) => each['id'])).not.toContain(id);
  });

  it('is listed by its type, and to its own merchant and mode only', async () => {
    const id = await created();
    const ids = async (query: string, key?: string) =>
      (await call(api, { path: `/entitlements${query}`, ...(key !== undefined && { key }) })).body.items?.map(
        (each) => each['id'],
      );
    expect(await ids('?integration_type=feature_flag&page_size=100')).toContain(id);
    expect(await ids('?integration_type=license_key&page_size=100')).not.toContain(id);
    expect(await ids('', api.rival.test)).toEqual([]);
    expect(await ids('', api.shop.live)).toEqual([]);
    expect((await call(api, { path: at(id), key: api.shop.live })).status).toBe(404);
  });
});

describe('a product', () => {
  it('gives the entitlements that are attached to it, beside those of its own fields', async () => {
    const [first, second] = [await created({ name: 'First' }), await created({ name: 'Second' })];
    const id = await addProduct(api, { entitlements: attach([second, first]), license_key_enabled: true });
    expect(namesIn(await product(id))).toEqual(['Plug-in: license key', 'Second', 'First']);
    expect((await product(id)).body['entitlements']).toContainEqual({
      id: first,
      name: 'First',
      description: null,
      integration_type: 'feature_flag',
      integration_config: { feature_type: 'boolean', feature_id: 'tickets' },
      provider: 'tickets',
      settings: { event: 'Concert' },
    });
    const listed = (await call(api, { path: '/products' })).body.items?.find((each) => each['product_id'] === id);
    expect(listed?.['entitlements']).toEqual((await product(id)).body['entitlements']);
  });

  it('replaces the whole set, keeps it when nothing is said, and takes back what it listed', async () => {
    const [first, second] = [await created({ name: 'First' }), await created({ name: 'Second' })];
    const id = await addProduct(api, { entitlements: attach([first]), license_key_enabled: true });
    const set = (entitlements: unknown) =>
      call(api, { method: 'PATCH', path: `/products/${id}`, body: { entitlements } });
    const listed = (await product(id)).body['entitlements'] as readonly { readonly id: string }[];
    expect((await set(attach([...listed.map((each) => each.id), second]))).status).toBe(200);
    expect(namesIn(await product(id))).toEqual(['Plug-in: license key', 'First', 'Second']);
    await call(api, { method: 'PATCH', path: `/products/${id}`, body: { name: 'Renamed' } });
    expect(namesIn(await product(id))).toEqual(['Renamed: license key', 'First', 'Second']);
    await set([]);
    expect(namesIn(await product(id))).toEqual(['Renamed: license key']);
  });

  it('refuses what is not there, not theirs, deleted, or named twice', async () => {
    const [mine, theirs, gone] = [
      await created(),
      String((await create({}, api.rival.test)).body['id']),
      await created(),
    ];
    await call(api, { method: 'DELETE', path: at(gone) });
    for (const [ids, message] of [
      [[mine, 'ent_AAAAAAAAAAAAAAAAAAAAA'], 'entitlements.1.entitlement_id: there is no such entitlement'],
      [[theirs], 'entitlements.0.entitlement_id: there is no such entitlement'],
      [[gone], 'entitlements.0.entitlement_id: there is no such entitlement'],
      [['{"$ne":""}'], 'entitlements.0.entitlement_id: there is no such entitlement'],
      [[mine, mine], 'entitlements.1.entitlement_id: is named twice'],
      [Array.from({ length: 51 }, () => mine), 'entitlements: '],
    ] as const) {
      const answer = await call(api, { path: '/products', body: { ...PRODUCT, entitlements: attach(ids) } });
      expect(answer).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST_BODY' } });
      expect(answer.body.message).toContain(message);
    }
  });
});

describe('a sale', () => {
  const grantsOf = (payment: string) => api.deps.stores.grants.listByPayment(payment as `pay_${string}`);

  it('hands over what is attached, whoever provides it', async () => {
    const entitlement = await created();
    const { payment } = await buy(api, {
      product: await addProduct(api, { entitlements: attach([entitlement]) }),
      quantity: 2,
    });
    const content = ticket('Concert', 'seat 7');
    expect(await grantsOf(payment)).toMatchObject([
      { entitlement, provider: 'tickets', unit: 0, status: 'delivered', delivered: content },
      { entitlement, provider: 'tickets', unit: 1, status: 'delivered', delivered: content },
    ]);
  });

  it('keeps what it was sold with when the entitlement changes or goes', async () => {
    const entitlement = await created();
    const id = await addProduct(api, { entitlements: attach([entitlement]) });
    const open = await call(api, { path: '/checkouts', body: { product_cart: [{ product_id: id, quantity: 1 }] } });
    await patch(entitlement, { settings: { event: 'Cancelled' } });
    await call(api, { method: 'DELETE', path: at(entitlement) });
    const session = await api.deps.stores.sessions.find(String(open.body['session_id']) as SessionId);
    expect(session?.lines[0]?.entitlements).toMatchObject([{ id: entitlement, settings: { event: 'Concert' } }]);
  });

  it('gives no deleted entitlement any more', async () => {
    const entitlement = await created();
    const id = await addProduct(api, { entitlements: attach([entitlement]) });
    await call(api, { method: 'DELETE', path: at(entitlement) });
    expect(namesIn(await product(id))).toEqual([]);
    expect(await grantsOf((await buy(api, { product: id })).payment)).toEqual([]);
  });

  it('shows a foreign ticket to its buyer and its merchant', async () => {
    const id = await addProduct(api, { entitlements: attach([await created()]) });
    const { payment, session } = await buy(api, { product: id, email: 'ticket@example.com' });
    expect((await call(api, { path: `/payments/${payment}` })).status).toBe(200);
    const page = await call(api, { path: `/session/${session}`, key: null, headers: { accept: 'text/html' } });
    expect(page.text).toContain('Ticket for Concert');
    expect(page.text).toContain('seat 7');
    const customers = (await call(api, { path: '/customers?email=ticket@example.com' })).body.items;
    const grants = await call(api, {
      path: `/customers/${String(customers?.[0]?.['customer_id'])}/entitlement-grants?integration_type=feature_flag`,
    });
    expect(grants.body.items).toMatchObject([
      {
        status: 'Delivered',
        provider: 'tickets',
        feature: { feature_type: 'boolean', feature_id: 'tickets' },
        content: [{ label: 'Ticket for Concert', value: 'seat 7', url: 'https://desk.example/t', qr: true }],
      },
    ]);
  });
});
