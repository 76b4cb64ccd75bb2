import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SessionId } from '@payonce/engine/domain';
import { startApi } from '../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../test/support/api/api-server.js';
import { PRODUCT, addProduct, buy, call } from '../../../../test/support/api/calls.js';
import { ticket, ticketDesk } from '../../../../test/support/ticket-desk.js';

let api: ApiServer;

beforeAll(async () => {
  api = await startApi({ label: 'api attached', plugins: [ticketDesk().plugin] });
});

afterAll(() => api.close());

const TICKET = { name: 'A seat', integration_type: 'desk', integration_config: { event: 'Concert' } };

const create = (fields: object = {}, key?: string) =>
  call(api, { path: '/entitlements', body: { ...TICKET, ...fields }, ...(key !== undefined && { key }) });
const created = async (fields: object = {}): Promise<string> => String((await create(fields)).body['id']);
const at = (id: string) => `/entitlements/${id}`;
const patch = (id: string, body: object) => call(api, { method: 'PATCH', path: at(id), body });
const product = (id: string) => call(api, { path: `/products/${id}` });
const attach = (ids: readonly string[]) => ids.map((id) => ({ entitlement_id: id }));
const namesIn = ({ body }: Awaited<ReturnType<typeof product>>) =>
  (body['entitlements'] as readonly { readonly name: string }[]).map(({ name }) => name);

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
      integration_config: { feature_type: 'boolean', feature_id: 'desk' },
      provider: 'desk',
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
      { entitlement, provider: 'desk', unit: 0, status: 'delivered', delivered: content },
      { entitlement, provider: 'desk', unit: 1, status: 'delivered', delivered: content },
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

  it('is listed by what it gave, also when that is a field of the product, or gone', async () => {
    const entitlement = await created();
    const id = await addProduct(api, { entitlements: attach([entitlement]), license_key_enabled: true });
    const { payment } = await buy(api, { product: id });
    await call(api, { method: 'DELETE', path: at(entitlement) });
    const given = await grantsOf(payment);
    expect(given).toHaveLength(2);
    for (const grant of given)
      expect((await call(api, { path: `${at(grant.entitlement)}/grants` })).body.items).toMatchObject([
        { id: grant.id },
      ]);
    expect((await call(api, { path: `${at('ent_AAAAAAAAAAAAAAAAAAAAA')}/grants` })).status).toBe(404);
  });

  it('gives no deleted entitlement any more', async () => {
    const entitlement = await created();
    const id = await addProduct(api, { entitlements: attach([entitlement]) });
    await call(api, { method: 'DELETE', path: at(entitlement) });
    expect(namesIn(await product(id))).toEqual([]);
    expect(await grantsOf((await buy(api, { product: id })).payment)).toEqual([]);
  });

  it('is taken back from one buyer when the merchant revokes the grant', async () => {
    const entitlement = await created();
    const id = await addProduct(api, { entitlements: attach([entitlement]) });
    const { payment, session } = await buy(api, { product: id });
    const [grant] = await grantsOf(payment);
    const path = `${at(entitlement)}/grants/${grant?.id ?? ''}`;
    const revoke = (where: string, key?: string) =>
      call(api, { method: 'DELETE', path: where, ...(key !== undefined && { key }) });
    expect((await revoke(path, api.rival.test)).status).toBe(404);
    expect((await revoke(`${at('ent_AAAAAAAAAAAAAAAAAAAAA')}/grants/${grant?.id ?? ''}`)).status).toBe(404);
    const answer = await revoke(path);
    expect(answer).toMatchObject({
      status: 200,
      body: { id: grant?.id, status: 'Revoked', revocation_reason: 'operator', content: null },
    });
    expect(api.purchases.calls).toContain(`end ${grant?.id ?? ''}`);
    expect((await revoke(path)).text).toBe(answer.text);
    const page = await call(api, { path: `/session/${session}`, key: null, headers: { accept: 'text/html' } });
    expect(page.text).not.toContain('seat 7');
  });

  it('shows a foreign ticket to its buyer and its merchant', async () => {
    const entitlement = await created();
    const id = await addProduct(api, { entitlements: attach([entitlement]) });
    const { payment, session } = await buy(api, { product: id, email: 'ticket@example.com' });
    expect((await call(api, { path: `/payments/${payment}` })).status).toBe(200);
    const page = await call(api, { path: `/session/${session}`, key: null, headers: { accept: 'text/html' } });
    expect(page.text).toContain('Ticket for Concert');
    expect(page.text).toContain('seat 7');
    const listed = await call(api, { path: `${at(entitlement)}/grants?status=Delivered` });
    expect(listed.body.items).toMatchObject([{ payment_id: payment, content: [{ value: 'seat 7' }] }]);
    expect((await call(api, { path: `${at(entitlement)}/grants?status=Revoked` })).body.items).toEqual([]);
    expect((await call(api, { path: `${at(entitlement)}/grants`, key: api.rival.test })).status).toBe(404);
    const customers = (await call(api, { path: '/customers?email=ticket@example.com' })).body.items;
    const grants = await call(api, {
      path: `/customers/${String(customers?.[0]?.['customer_id'])}/entitlement-grants?integration_type=feature_flag`,
    });
    expect(grants.body.items).toMatchObject([
      {
        status: 'Delivered',
        provider: 'desk',
        feature: { feature_type: 'boolean', feature_id: 'desk' },
        content: [{ label: 'Ticket for Concert', value: 'seat 7', url: 'https://desk.example/t', qr: true }],
      },
    ]);
  });
});
