import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import DodoPayments from 'dodopayments';
import { startApi } from '../../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../../test/support/api/api-server.js';
import { addProduct, buy, call } from '../../../../../test/support/api/calls.js';
import { breaches } from '../../../../engine/test/published-schemas.js';

let api: ApiServer;
let product: string;

beforeAll(async () => {
  api = await startApi({ label: 'api payments' });
  product = await addProduct(api, { license_key_enabled: true, description: 'Makes sounds.' });
});

afterAll(() => api.close());

const get = async (path: string) => (await call(api, { path })).body;

describe('a payment', () => {
  it('is shown as the published API shows it, alone and in lists', async () => {
    const { payment, session } = await buy(api, { product });
    const body = await get(`/payments/${payment}`);
    expect(breaches('PaymentResponse', body)).toEqual([]);
    expect(body).toMatchObject({
      status: 'succeeded',
      total_amount: 2000,
      tax: 319,
      checkout_session_id: session,
      payment_link: `https://pay.example.com/session/${session}`,
      card_last_four: '4242',
    });
    const items = (await get('/payments')).items ?? [];
    expect(items.flatMap((item) => breaches('GetPaymentsListResponseItem', item))).toEqual([]);
    expect(items.map((item) => item['payment_id'])).toContain(payment);
  });

  it('has line items by product, refundable with tax', async () => {
    const { payment } = await buy(api, { product, quantity: 2 });
    const body = await get(`/payments/${payment}/line-items`);
    expect(breaches('PaymentLineItemsResponse', body)).toEqual([]);
    expect(body['items']).toEqual([
      {
        items_id: product,
        name: 'Plug-in',
        description: 'Makes sounds.',
        amount: 3361,
        tax: 639,
        refundable_amount: 4000,
      },
    ]);
  });

  it('is shown to nobody before its first attempt', async () => {
    const { body } = await call(api, {
      path: '/checkouts',
      body: { product_cart: [{ product_id: product, quantity: 1 }] },
    });
    const session = await api.deps.stores.sessions.find(String(body['session_id']) as `cks_${string}`);
    expect((await call(api, { path: `/payments/${session?.payment ?? ''}` })).status).toBe(404);
    expect((await call(api, { path: '/refunds', body: { payment_id: session?.payment } })).status).toBe(404);
  });

  it('is found by status, product, customer, currency and date', async () => {
    api.purchases.charges.push('decline');
    const { payment } = await buy(api, { product, email: 'poor@example.com' });
    const customer = ((await get(`/payments/${payment}`))['customer'] as { customer_id: string }).customer_id;
    const found = async (query: string) => (await get(`/payments?${query}`)).items?.map((item) => item['payment_id']);
    const today = new Date().toISOString().slice(0, 10);
    expect(await found('status=failed')).toEqual([payment]);
    expect(
      await found(`customer_id=${customer}&product_id=${product}&currency=EUR&created_at_gte=${today}T00:00:00Z`),
    ).toEqual([payment]);
    for (const query of [
      'status=requires_capture',
      'currency=USD',
      'subscription_id=sub_1',
      'product_id=x',
      'brand_id=brnd_x',
      'created_at_lte=2020-01-01T00:00:00%2B02:00',
    ]) {
      expect([query, await found(query)]).toEqual([query, []]);
    }
    expect((await call(api, { path: '/payments?status=paid' })).status).toBe(422);
  });
});

describe('the official client', () => {
  const client = () => new DodoPayments({ bearerToken: api.shop.live, baseURL: api.url, maxRetries: 0 });

  it('sells, pages through payments, refunds and manages products, unmodified', async () => {
    const dodo = client();
    const made = await dodo.products.create({
      name: 'By SDK',
      tax_category: 'e_book',
      price: {
        type: 'one_time_price',
        currency: 'EUR',
        price: 500,
        discount: 0,
        purchasing_power_parity: false,
        tax_inclusive: true,
      },
    });
    await dodo.products.update(made.product_id, { description: 'Changed' });
    expect((await dodo.products.retrieve(made.product_id)).description).toBe('Changed');
    const payments: (string | null | undefined)[] = [];
    for (let count = 0; count < 3; count += 1) {
      const session = await dodo.checkoutSessions.create({
        product_cart: [{ product_id: made.product_id, quantity: 1 }],
        customer: { email: 'sdk@example.com', name: 'S' },
        billing_address: { country: 'DE' },
        confirm: true,
      });
      payments.unshift(session.payment_id);
    }
    const seen: string[] = [];
    for await (const payment of dodo.payments.list({ page_size: 2, page_number: 0 })) seen.push(payment.payment_id);
    expect(seen).toEqual(payments);
    const refund = await dodo.refunds.create({
      payment_id: seen[0] ?? '',
      items: [{ item_id: made.product_id, amount: 100 }],
    });
    expect(refund).toMatchObject({ status: 'succeeded', is_partial: true, amount: 100 });
    await dodo.products.archive(made.product_id);
    await dodo.products.unarchive(made.product_id);
  });

  it('gets its own error classes', async () => {
    const dodo = client();
    await expect(dodo.payments.retrieve('pay_000000000000000000000')).rejects.toMatchObject({
      status: 404,
      message: '404 There is no such payment.',
    });
    await expect(
      dodo.products.create({
        name: '',
        tax_category: 'saas',
        price: { type: 'one_time_price', currency: 'EUR', price: 5, discount: 0, purchasing_power_parity: false },
      }),
    ).rejects.toBeInstanceOf(DodoPayments.UnprocessableEntityError);
    const stranger = new DodoPayments({ bearerToken: 'nonsense', baseURL: api.url, maxRetries: 0 });
    await expect(stranger.payments.list()).rejects.toBeInstanceOf(DodoPayments.AuthenticationError);
  });

  it('manages webhooks, licenses, customers and countries', async () => {
    const dodo = client();
    const hook = await dodo.webhooks.create({ url: 'https://shop.example.com/hook' });
    expect((await dodo.webhooks.retrieveSecret(hook.id)).secret).toMatch(/^whsec_/);
    const hooks: string[] = [];
    for await (const each of dodo.webhooks.list({ limit: 1 })) hooks.push(each.id);
    expect(hooks).toEqual([hook.id]);
    await dodo.webhooks.delete(hook.id);
    const customer = await dodo.customers.create({ email: 'c@example.com', name: 'C' });
    expect((await dodo.customers.retrieve(customer.customer_id)).email).toBe('c@example.com');
    expect((await dodo.licenses.validate({ license_key: 'x' })).valid).toBe(false);
    expect(await dodo.misc.listSupportedCountries()).toHaveLength(249);
  });
});
