import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isId } from '@payonce/engine/domain';
import { startApi } from '../../../../../test/support/api/api-server.js';
import type { ApiServer } from '../../../../../test/support/api/api-server.js';
import { ADDRESS, PRICE, addProduct, buy, call } from '../../../../../test/support/api/calls.js';

let api: ApiServer;
let product: string;

beforeAll(async () => {
  api = await startApi({ label: 'api checkouts' });
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

describe('a checkout session', () => {
  it('is stored, started, payable for a day, and has a page', async () => {
    const { status, body } = await checkout({
      return_url: 'https://shop.example.com/thanks',
      metadata: { order: '7' },
    });
    const stored = await session(body['session_id']);
    expect(status).toBe(200);
    expect(body).toEqual({ session_id: stored.id, checkout_url: `https://pay.example.com/session/${stored.id}` });
    expect(stored.expiresAt.getTime() - stored.createdAt.getTime()).toBe(86_400_000);
    expect(stored).toMatchObject({
      returnUrl: 'https://shop.example.com/thanks',
      metadata: { order: '7' },
      confirm: false,
    });
    expect(api.purchases.calls).toContain(`start ${stored.id}`);
  });

  it('is a snapshot: later changes of the product touch nothing', async () => {
    const id = await addProduct(api, { name: 'Before', license_key_enabled: true, license_key_activations_limit: 2 });
    const { body } = await checkout({ product_cart: [{ product_id: id, quantity: 2 }] });
    await call(api, {
      method: 'PATCH',
      path: `/products/${id}`,
      body: { name: 'After', price: { ...PRICE, price: 1 } },
    });
    const [line] = (await session(body['session_id'])).lines;
    expect(line).toMatchObject({ id: 'line_0', name: 'Before', quantity: 2, unitPrice: 2000, taxInclusive: true });
    expect(line?.entitlements).toMatchObject([
      { provider: 'license-keys', reach: 'own_stores', settings: { activationsLimit: 2 } },
    ]);
  });

  it('records which plugins serve it', async () => {
    const { servedBy } = await session((await checkout()).body['session_id']);
    expect(servedBy).toMatchObject({ processor: 'sandbox', taxCalculator: 'tax-table' });
    expect(servedBy.plugins.map(({ name }) => name)).toEqual([
      'processor-sandbox',
      'tax-table',
      'fulfillment-license-keys',
    ]);
  });

  it('finds the customer by e-mail address, and keeps the name that was given', async () => {
    const first = await session(
      (await checkout({ customer: { email: 'Bob@Example.com', name: 'Bob' } })).body['session_id'],
    );
    const again = await session((await checkout({ customer: { email: 'bob@example.com' } })).body['session_id']);
    expect(again.customer).toMatchObject({ id: first.customer?.id, email: 'bob@example.com', name: 'Bob' });
    const known = await session((await checkout({ customer: { customer_id: first.customer?.id } })).body['session_id']);
    expect(known.customer).toEqual(first.customer);
  });

  it('shows its payment from the first attempt on', async () => {
    const { body } = await checkout({ customer });
    const show = async (id: unknown) => (await call(api, { path: `/checkouts/${String(id)}` })).body;
    expect(await show(body['session_id'])).toMatchObject({
      payment_id: null,
      payment_status: null,
      customer_email: 'ann@example.com',
    });
    const paid = await buy(api, { product });
    expect(await show(paid.session)).toMatchObject({
      id: paid.session,
      payment_id: paid.payment,
      payment_status: 'succeeded',
      customer_name: 'Ann Buyer',
    });
  });

  it('is stored and answered while Temporal is away', async () => {
    api.purchases.down = true;
    const { status, body } = await checkout();
    api.purchases.down = false;
    expect(status).toBe(200);
    expect((await session(body['session_id'])).startedAt).toBeNull();
  });

  it('takes every documented field that only shapes a page', async () => {
    const fields = {
      allowed_payment_method_types: ['credit', 'debit'],
      customization: { theme: 'dark', theme_config: { radius: '4px' } },
      feature_flags: { allow_discount_code: false },
      force_3ds: null,
      short_link: false,
      show_saved_payment_methods: true,
      minimal_address: true,
      billing_currency: 'EUR',
      discount_codes: [],
    };
    expect((await checkout(fields)).status).toBe(200);
  });

  it.each([
    [{ product_cart: [] }, 422, 'INVALID_REQUEST_BODY', 'product_cart'],
    [{ product_cart: [{ product_id: 'pdt_unknown', quantity: 1 }] }, 404, 'NOT_FOUND', 'There is no such product'],
    [
      { product_cart: [{ product_id: 'pdt_000000000000000000000', quantity: 1 }] },
      404,
      'NOT_FOUND',
      'There is no such product',
    ],
    [{ customer: { customer_id: 'cus_000000000000000000000' } }, 404, 'NOT_FOUND', 'There is no such customer'],
    [{ customer: { email: 'nobody' } }, 422, 'INVALID_REQUEST_BODY', 'customer'],
    [{ discount_code: 'TEN' }, 422, 'UNSUPPORTED_FEATURE', 'discount_code'],
    [{ discount_codes: ['TEN'] }, 422, 'UNSUPPORTED_FEATURE', 'discount_codes'],
    [{ subscription_data: { trial_period_days: 3 } }, 422, 'UNSUPPORTED_FEATURE', 'subscription_data'],
    [{ billing_currency: 'USD' }, 422, 'UNSUPPORTED_CURRENCY', 'billing_currency'],
    [{ billing_currency: 'XXX' }, 422, 'UNSUPPORTED_CURRENCY', 'billing_currency'],
    [{ billing_address: { country: 'XX' } }, 422, 'UNSUPPORTED_COUNTRY', 'billing_address.country'],
    [{ tax_id: 'DE1' }, 422, 'INVALID_REQUEST_BODY', 'tax_id'],
    [{ confirm: true, billing_address: ADDRESS }, 422, 'INVALID_REQUEST_BODY', 'customer'],
    [{ confirm: true, customer }, 422, 'INVALID_REQUEST_BODY', 'billing_address'],
    [{ ...everything, billing_address: { country: 'US' } }, 422, 'INVALID_REQUEST_BODY', 'billing_address.state'],
    [{ ...everything, payment_method_id: '4242 4242 4242 4242' }, 422, 'INVALID_REQUEST_BODY', 'payment_method_id'],
    [{ payment_method_id: 'pm_1' }, 422, 'INVALID_REQUEST_BODY', 'payment_method_id'],
    [{ ...everything, payment_method_id: 'pm_1' }, 422, 'INVALID_REQUEST_BODY', 'payment_method_id'],
    [{ status: 'succeeded' }, 422, 'INVALID_REQUEST_BODY', 'status'],
    [
      { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, at])) },
      422,
      'MAXIMUM_KEYS_REACHED',
      'metadata',
    ],
  ])('with %j is refused', async (fields, status, code, words) => {
    const answer = await checkout(fields);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.message?.startsWith(words)).toBe(true);
  });

  it('holds at most 500 things to hand over', async () => {
    expect((await checkout({ product_cart: [{ product_id: product, quantity: 500 }] })).status).toBe(200);
    expect(await checkout({ product_cart: [{ product_id: product, quantity: 501 }] })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_REQUEST_BODY' },
    });
  });

  it('has one currency, and may cost nothing', async () => {
    const dollars = await addProduct(api, { price: { ...PRICE, currency: 'USD' } });
    const cart = [product, dollars].map((id) => ({ product_id: id, quantity: 1 }));
    expect(await checkout({ product_cart: cart })).toMatchObject({
      status: 422,
      body: { code: 'UNSUPPORTED_CURRENCY' },
    });
    const free = await addProduct(api, { price: { ...PRICE, discount: 100 } });
    const one = (id: string) => checkout({ product_cart: [{ product_id: id, quantity: 1 }] });
    expect((await one(free)).status).toBe(200);
  });

  it.each([
    'javascript:alert(1)',
    '//evil.example',
    'https:evil.example',
    'https:///evil.example',
    '\\\\evil.example',
    'https://good.example@evil.example',
    'https://evil.example\r\nx: y',
    'http://shop.example.com',
    '/thanks',
    'ftp://shop.example.com',
    'https://shop example.com',
  ])('does not send buyers to %j', async (return_url) => {
    expect(await checkout({ return_url })).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST_BODY' } });
    expect((await checkout({ cancel_url: return_url })).status).toBe(422);
  });
});
