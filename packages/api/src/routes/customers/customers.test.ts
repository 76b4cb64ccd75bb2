import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi } from '../../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../../test/support/api/api-server.js';
import { addProduct, buy, call } from '../../../../../test/support/api/calls.js';
import { breaches } from '../../../../engine/test/published-schemas.js';

let api: ApiServer;

beforeAll(async () => {
  api = await startApi({ label: 'api customers' });
});

afterAll(() => api.close());

const add = (body: unknown) => call(api, { path: '/customers', body });

describe('a customer', () => {
  it('is made, shown as the published API shows it, and found', async () => {
    const { status, body } = await add({
      email: 'ann@example.com',
      name: 'Ann',
      phone_number: '+49 30 1',
      metadata: { vip: true },
    });
    expect(status).toBe(200);
    expect(breaches('CustomerResponse', body)).toEqual([]);
    expect((await call(api, { path: `/customers/${String(body['customer_id'])}` })).body).toEqual(body);
    expect((await call(api, { path: '/customers?email=ANN@example.com' })).body.items).toEqual([body]);
  });

  it('is one per e-mail address', async () => {
    const first = await add({ email: 'bob@example.com', name: 'Bob' });
    expect((await add({ email: 'BOB@example.com', name: 'Robert' })).body).toEqual(first.body);
  });

  it('is found by a part of the name, and by date', async () => {
    await add({ email: 'cecilia@example.com', name: 'Cecilia (Ltd.)' });
    const found = async (query: string) =>
      (await call(api, { path: `/customers?${query}` })).body.items?.map((item) => item['name']);
    expect(await found('name=cecil')).toEqual(['Cecilia (Ltd.)']);
    expect(await found(`name=${encodeURIComponent('(LTD.)')}`)).toEqual(['Cecilia (Ltd.)']);
    expect(await found('name=.*')).toEqual([]);
    expect(await found('created_at_gte=2999-01-01T00:00:00Z')).toEqual([]);
  });
});

describe('the grants of a customer', () => {
  it('are shown with their keys as the published API shows them, and filtered', async () => {
    const product = await addProduct(api, {
      license_key_enabled: true,
      digital_product_delivery: { instructions: 'Unpack it.' },
    });
    const { payment } = await buy(api, { product, quantity: 2, email: 'grants@example.com' });
    const customer = ((await call(api, { path: `/payments/${payment}` })).body['customer'] as { customer_id: string })
      .customer_id;
    const list = async (query = '') =>
      (await call(api, { path: `/customers/${customer}/entitlement-grants?${query}` })).body.items ?? [];
    const all = await list();
    expect(all).toHaveLength(4);
    expect(all.flatMap((grant) => breaches('EntitlementGrantResponse', grant))).toEqual([]);
    const keys = await list('integration_type=license_key&status=Delivered');
    expect(keys.map((grant) => (grant['license_key'] as { activations_used: number }).activations_used)).toEqual([
      0, 0,
    ]);
    expect(
      (await list('integration_type=digital_files')).map((grant) => grant['digital_product_delivery']),
    ).toMatchObject([{ instructions: 'Unpack it.' }, { instructions: 'Unpack it.' }]);
    expect(await list('status=Failed')).toEqual([]);
    expect(await list('page_size=3')).toHaveLength(3);
    expect(await list('page_size=3&page_number=1')).toHaveLength(1);
    expect((await call(api, { path: `/customers/${customer}/entitlement-grants?status=delivered` })).status).toBe(422);
  });
});
