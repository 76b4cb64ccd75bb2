import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi } from '../../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../../test/support/api/api-server.js';
import { addProduct, buy, call } from '../../../../../test/support/api/calls.js';

let api: ApiServer;
let product: string;

beforeAll(async () => {
  api = await startApi({ label: 'api supplied keys' });
  const { body } = await call(api, {
    path: '/entitlements',
    body: {
      name: 'A key',
      integration_type: 'license_key',
      integration_config: {
        fulfillment_mode: 'manual',
        activations_limit: 3,
        duration_count: 1,
        duration_interval: 'Month',
      },
    },
  });
  product = await addProduct(api, { entitlements: [{ entitlement_id: body['id'] }] });
});
afterAll(() => api.close());

let buyers = 0;
async function waiting(sold = product): Promise<string> {
  const { payment } = await buy(api, { product: sold, email: `buyer${(buyers += 1)}@example.com` });
  const [grant] = await api.deps.stores.grants.listByPayment(payment as `pay_${string}`);
  return String(grant?.id);
}

const supply = (grant: string, body: object, key?: string) =>
  call(api, { path: `/grants/${grant}/license-key`, body, ...(key !== undefined && { key }) });

describe('the key that a seller supplies', () => {
  it('is delivered under the terms of the product, and works', async () => {
    const grant = await waiting();
    api.clock.set(new Date('2026-01-31T12:00:00Z'));
    const answer = await supply(grant, { key: ' KEY-1 ' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id: grant,
      status: 'Delivered',
      license_key: { key: 'KEY-1', activations_limit: 3, expires_at: expect.stringMatching(/^2026-02-28T12:0/) },
    });
    expect((await call(api, { path: '/licenses/validate', body: { license_key: 'KEY-1' } })).body).toMatchObject({
      valid: true,
    });
    expect((await supply(grant, { key: 'KEY-1' })).body).toEqual(answer.body);
  });

  it('may have terms of its own', async () => {
    const own = { activations_limit: null, expires_at: '2030-01-01T00:00:00.000Z' };
    expect((await supply(await waiting(), { key: 'KEY-2', ...own })).body).toMatchObject({ license_key: own });
    const forEver = await supply(await waiting(), { key: 'KEY-3', expires_at: null });
    expect(forEver.body).toMatchObject({ license_key: { expires_at: null, activations_limit: 3 } });
  });

  it('is refused when somebody has it, when the grant has another, or has ended', async () => {
    const [first, second] = [await waiting(), await waiting()];
    await supply(first, { key: 'KEY-4' });
    expect(await supply(second, { key: 'KEY-4' })).toMatchObject({ status: 409, body: { code: 'LICENSE_KEY_TAKEN' } });
    expect(await supply(first, { key: 'KEY-5' })).toMatchObject({ status: 409, body: { code: 'GRANT_NOT_PENDING' } });
    await api.deps.stores.grants.revoke({ id: second as 'entg_', reason: 'refund', at: api.clock.now() });
    expect(await supply(second, { key: 'KEY-6' })).toMatchObject({ status: 409, body: { code: 'GRANT_NOT_PENDING' } });
    expect((await supply(await waiting(), { key: 'KEY-6' })).status).toBe(200);
  });

  it.each([{}, { key: '' }, { key: 'x'.repeat(501) }, { key: 'K', expires_at: 'soon' }, { key: 'K', limit: 1 }])(
    'is refused as %j',
    async (body) => {
      expect((await supply(await waiting(), body)).status).toBe(422);
    },
  );

  it('goes to no grant of another merchant or mode, and to none that gives no key', async () => {
    const grant = await waiting();
    for (const key of [api.rival.test, api.shop.live])
      expect((await supply(grant, { key: 'K' }, key)).status).toBe(404);
    const linked = await addProduct(api, { digital_product_delivery: { external_url: 'https://files.example/x' } });
    expect(await supply(await waiting(linked), { key: 'K' })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_REQUEST_PARAMETERS' },
    });
  });
});
