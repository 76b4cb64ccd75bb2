import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isId } from '@payonce/engine/domain';
import { startApi } from '../../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../../test/support/api/api-server.js';
import { ADDRESS, addProduct, call } from '../../../../../test/support/api/calls.js';

let api: ApiServer;
let product: string;

beforeAll(async () => {
  api = await startApi({ label: 'api confirm' });
  product = await addProduct(api, { license_key_enabled: true });
});

afterAll(() => api.close());

const checkout = (fields: Readonly<Record<string, unknown>> = {}, headers: Readonly<Record<string, string>> = {}) =>
  call(api, { path: '/checkouts', body: { product_cart: [{ product_id: product, quantity: 1 }], ...fields }, headers });
const session = async (id: unknown) => {
  const found = isId('cks', String(id))
    ? await api.deps.stores.sessions.find(String(id) as `cks_${string}`)
    : undefined;
  if (!found) throw new Error(`no session ${String(id)}`);
  return found;
};
const customer = { email: 'ann@example.com', name: 'Ann Buyer' };
const everything = { customer, billing_address: ADDRESS, confirm: true };

describe('confirm', () => {
  it('charges at once, for a quarter of an hour at most', async () => {
    api.purchases.charges.push('client');
    const { status, body } = await checkout(everything);
    const stored = await session(body['session_id']);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      payment_id: stored.payment,
      client_secret: expect.stringMatching(/^secret_att_/),
      publishable_key: 'pk_1',
    });
    expect(body['checkout_url']).toBe(`https://pay.example.com/session/${stored.id}`);
    expect(stored.expiresAt.getTime() - stored.createdAt.getTime()).toBe(900_000);
    expect((await call(api, { path: `/payments/${stored.payment}` })).body['status']).toBe('requires_customer_action');
  });

  it('charges a payment method of an existing customer without any page', async () => {
    const known = await call(api, { path: '/customers', body: { email: 'card@example.com', name: 'Card' } });
    const { body } = await checkout({
      ...everything,
      customer: { customer_id: known.body['customer_id'] },
      payment_method_id: 'pm_card',
    });
    expect(body).toMatchObject({ checkout_url: null, client_secret: null, publishable_key: null });
    const [attempt] = await api.deps.stores.attempts.list({ payment: (await session(body['session_id'])).payment });
    expect(attempt?.request).toMatchObject({ paymentMethod: 'pm_card', shownTotal: 2000, currency: 'EUR' });
  });

  it('says why when goods ran out, and charges nothing', async () => {
    api.purchases.charges.push('sold_out');
    const { status, body } = await checkout(everything);
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { code: 'SOLD_OUT', message: 'Sold out; nothing was charged. The last seat is gone.' },
    });
  });

  it('answers a decline as a payment that failed', async () => {
    api.purchases.charges.push('decline');
    const { status, body } = await checkout(everything);
    expect(status).toBe(200);
    expect((await call(api, { path: `/payments/${String(body['payment_id'])}` })).body).toMatchObject({
      status: 'failed',
      error_code: 'CARD_DECLINED',
    });
  });

  it('is processing, never failed, while Temporal is away', async () => {
    api.purchases.down = true;
    const { status, body } = await checkout(everything);
    api.purchases.down = false;
    expect(status).toBe(200);
    expect(body).toMatchObject({ client_secret: null, payment_id: expect.stringMatching(/^pay_/) });
  });
});

describe('a preview', () => {
  const preview = (fields: Readonly<Record<string, unknown>> = {}) =>
    call(api, {
      path: '/checkouts/preview',
      body: { product_cart: [{ product_id: product, quantity: 3 }], ...fields },
    });

  it('costs what the charge costs', async () => {
    const { status, body } = await preview({ billing_address: ADDRESS });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total_price: 6000,
      total_tax: 958,
      currency: 'EUR',
      billing_country: 'DE',
      current_breakup: { subtotal: 6000, tax: 958, total_amount: 6000 },
    });
  });

  it("shows prices without tax, for the seller's country, when nobody said where the buyer is", async () => {
    expect((await preview()).body).toMatchObject({ total_price: 6000, total_tax: 0, billing_country: 'DE' });
  });

  it('makes nothing, not even a customer', async () => {
    await preview({ customer: { email: 'never@example.com', name: 'Never' } });
    expect((await call(api, { path: '/customers?email=never@example.com' })).body.items).toEqual([]);
  });
});
