import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi } from '../../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../../test/support/api/api-server.js';
import { PRICE, PRODUCT, addProduct, call } from '../../../../../test/support/api/calls.js';
import { breaches } from '../../../../engine/test/published-schemas.js';

let api: ApiServer;

beforeAll(async () => {
  api = await startApi({ label: 'api products' });
});

afterAll(() => api.close());

const get = (id: string) => call(api, { path: `/products/${id}` });
const patch = (id: string, body: unknown) => call(api, { method: 'PATCH', path: `/products/${id}`, body });

describe('a product', () => {
  it('that is made is shown as the published API shows it', async () => {
    const made = await call(api, {
      path: '/products',
      body: {
        ...PRODUCT,
        description: 'Two\nlines',
        license_key_enabled: true,
        license_key_activations_limit: 3,
        metadata: { plan: 'pro', seats: 3 },
      },
    });
    expect(made.status).toBe(200);
    expect(breaches('GetProductResponse', made.body)).toEqual([]);
    expect(made.body).toMatchObject({
      name: 'Plug-in',
      license_key_enabled: true,
      license_key_activations_limit: 3,
      metadata: { plan: 'pro', seats: 3 },
    });
    expect((await get(String(made.body['product_id']))).body).toEqual(made.body);
  });

  it('takes a discount in basis points before one in per cent', async () => {
    const id = await addProduct(api, { price: { ...PRICE, discount: 10, discount_bps: 1250 } });
    expect((await get(id)).body['price']).toMatchObject({ discount: 12, discount_bps: 1250 });
  });

  it('keeps what a PATCH leaves out, and merges its license settings', async () => {
    const id = await addProduct(api, {
      license_key_enabled: true,
      license_key_activations_limit: 3,
      license_key_activation_message: 'Hello',
    });
    const patched = await patch(id, { name: 'Renamed', license_key_activations_limit: null });
    expect([patched.status, patched.text]).toEqual([200, '']);
    expect((await get(id)).body).toMatchObject({
      name: 'Renamed',
      license_key_activations_limit: null,
      license_key_activation_message: 'Hello',
      license_key_enabled: true,
    });
    await patch(id, { license_key_enabled: false });
    expect((await get(id)).body).toMatchObject({ license_key_enabled: false, license_key_activation_message: null });
  });

  it('is archived once, is not for sale then, and comes back', async () => {
    const id = await addProduct(api);
    const archive = () => call(api, { method: 'DELETE', path: `/products/${id}` });
    expect((await archive()).status).toBe(200);
    expect(await archive()).toMatchObject({ status: 410, body: { code: 'PRODUCT_ALREADY_ARCHIVED' } });
    const cart = { product_cart: [{ product_id: id, quantity: 1 }] };
    expect(await call(api, { path: '/checkouts', body: cart })).toMatchObject({
      status: 422,
      body: { code: 'PRODUCT_IS_DELETED' },
    });
    expect((await call(api, { method: 'POST', path: `/products/${id}/unarchive` })).status).toBe(200);
    expect((await call(api, { path: '/checkouts', body: cart })).status).toBe(200);
  });

  it.each([
    [{ price: { ...PRICE, pay_what_you_want: true } }, 'price.pay_what_you_want'],
    [
      { price: { type: 'recurring_price', currency: 'EUR', price: 100, discount: 0, payment_frequency_count: 1 } },
      'price.type',
    ],
    [{ addons: ['adn_1'] }, 'addons'],
    [{ pricing_mode: 'by_country' }, 'pricing_mode'],
  ])('with %j is refused as unsupported, by name', async (fields, name) => {
    const answer = await call(api, { path: '/products', body: { ...PRODUCT, ...fields } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'UNSUPPORTED_FEATURE' } });
    expect(answer.body.message).toMatch(new RegExp(`^${name}:`));
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ price: { ...PRICE, price: -1 } }, 'price.price'],
    [{ price: { ...PRICE, price: 1.5 } }, 'price.price'],
    [{ price: { ...PRICE, discount: 101 } }, 'price.discount'],
    [{ tax_category: 'food' }, 'tax_category'],
    [{ metadata: { 'a.b': 'x' } }, 'metadata.a.b'],
    [{ brand_id: 'brnd_else' }, 'brand_id'],
    [{ color: 'red' }, 'color'],
    [{ price: { ...PRICE, merchantId: 'x' } }, 'price.merchantId'],
    [{ digital_product_delivery: { external_url: 'javascript:alert(1)' } }, 'digital_product_delivery.external_url'],
  ])('with %j is refused, and the message names the field', async (fields, name) => {
    const answer = await call(api, { path: '/products', body: { ...PRODUCT, ...fields } });
    expect(answer.status).toBe(422);
    expect(answer.body.message?.startsWith(`${name}:`)).toBe(true);
  });
});

describe('the list of products', () => {
  it('goes page by page, newest first, with pages counted from 0', async () => {
    const { live } = api.shop;
    const ids: string[] = [];
    for (let number = 0; number < 3; number += 1)
      ids.unshift(await addProduct(api, { name: `Number ${number}` }, live));
    const page = async (query: string) =>
      (await call(api, { path: `/products?${query}`, key: live })).body.items?.map((item) => item['product_id']);
    expect(await page('page_size=2')).toEqual(ids.slice(0, 2));
    expect(await page('page_size=2&page_number=1')).toEqual(ids.slice(2));
    expect(await page('page_size=2&page_number=2')).toEqual([]);
    expect(await page('page_size=0')).toEqual([]);
    expect(await page('recurring=true')).toEqual([]);
    expect(await page('archived=true')).toEqual([]);
    expect(await page('recurring=&archived=')).toHaveLength(3);
  });

  it('shows items as the published API does', async () => {
    await addProduct(api, { license_key_enabled: true });
    const { body } = await call(api, { path: '/products' });
    expect(body.items?.flatMap((item) => breaches('GetProductsListResponseItem', item))).toEqual([]);
  });

  it.each([
    'page_size=-1',
    'page_size=x',
    'page_number=99999999',
    'archived=yes',
    'color=red',
    'page_size=1&page_size=2',
    'brand_id[$ne]=x',
  ])('refuses the query %s', async (query) => {
    expect(await call(api, { path: `/products?${query}` })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_QUERY_PARAMS' },
    });
  });
});
