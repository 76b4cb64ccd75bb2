import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ADDRESS, PRODUCT, call } from '../../../test/support/api/calls.js';
import type { Answer, Call } from '../../../test/support/api/calls.js';
import { startWholeSystem } from '../../../test/support/api/whole-system.js';
import type { WholeSystem } from '../../../test/support/api/whole-system.js';
import { TYPED, buyerAt } from '../../../test/support/checkout-buyer.js';
import { card, submit } from '../../sandbox/src/testing/buyer.js';

let system: WholeSystem;

beforeAll(async () => {
  system = await startWholeSystem('whole purchase');
}, 60_000);

afterAll(() => system.close(), 60_000);

const request = (each: Call): Promise<Answer> => {
  const { url, key } = system;
  return call({ url, shop: { business: 'bus_whole', test: key, live: key } }, each);
};

async function until(path: string, fits: (body: Answer['body']) => boolean): Promise<Answer['body']> {
  for (let tries = 0; tries < 150; tries += 1) {
    const { body } = await request({ path });
    if (fits(body)) return body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${path} did not get there: ${JSON.stringify((await request({ path })).body)}`);
}

it('is ready once everything that it needs answers', async () => {
  expect(await request({ path: '/ready', key: null })).toMatchObject({
    status: 200,
    body: { checks: { mongodb: 'ok', indexes: 'ok', temporal: 'ok' } },
  });
});

it('sells a license key by a stored card, hands it over, and takes the money back', async () => {
  const product = (
    await request({
      path: '/products',
      body: { ...PRODUCT, license_key_enabled: true, license_key_activations_limit: 1 },
    })
  ).body['product_id'];
  const customer = (await request({ path: '/customers', body: { email: 'ann@example.com', name: 'Ann' } })).body[
    'customer_id'
  ];
  const { status, body } = await request({
    path: '/checkouts',
    body: {
      product_cart: [{ product_id: product, quantity: 1 }],
      customer: { customer_id: customer },
      billing_address: ADDRESS,
      confirm: true,
      payment_method_id: 'pm_card_visa',
    },
  });
  expect(status).toBe(200);
  const payment = String(body['payment_id']);
  await until(`/payments/${payment}`, (shown) => shown['status'] === 'succeeded');
  const keys = await until('/license_keys', (list) => list.items?.length === 1);
  const key = keys.items?.[0]?.['key'];
  expect(
    (await request({ path: '/licenses/activate', key: null, body: { license_key: key, name: 'laptop' } })).status,
  ).toBe(201);
  const refund = await request({ path: '/refunds', body: { payment_id: payment } });
  expect(refund.status).toBe(200);
  await until(`/payments/${payment}`, (shown) => shown['refund_status'] === 'full');
  await until('/license_keys', (list) => list.items?.[0]?.['status'] === 'disabled');
  expect((await request({ path: '/licenses/validate', key: null, body: { license_key: key } })).body).toEqual({
    valid: false,
  });
}, 60_000);

it('answers a decline as a payment that failed', async () => {
  const product = (await request({ path: '/products', body: PRODUCT })).body['product_id'];
  const customer = (await request({ path: '/customers', body: { email: 'poor@example.com', name: 'Poor' } })).body[
    'customer_id'
  ];
  const { body } = await request({
    path: '/checkouts',
    body: {
      product_cart: [{ product_id: product, quantity: 1 }],
      customer: { customer_id: customer },
      billing_address: ADDRESS,
      confirm: true,
      payment_method_id: 'pm_card_declined',
    },
  });
  expect(await until(`/payments/${String(body['payment_id'])}`, (shown) => shown['status'] === 'failed')).toMatchObject(
    { error_code: 'CARD_DECLINED' },
  );
}, 60_000);

it('sells through the hosted page: the buyer pays at the processor, and the report finds the purchase', async () => {
  const product = (await request({ path: '/products', body: { ...PRODUCT, license_key_enabled: true } })).body[
    'product_id'
  ];
  const { body } = await request({
    path: '/checkouts',
    body: { product_cart: [{ product_id: product, quantity: 1 }] },
  });
  const page = String(body['checkout_url']);
  const buyer = buyerAt(system.url);
  const pay = await buyer.post(`${page}/pay`, { ...(await buyer.get(page)).fields, ...TYPED });
  expect(pay.status).toBe(303);
  await submit(String(pay.location), card('4242424242424242'));
  const session = await until(
    `/checkouts/${String(body['session_id'])}`,
    (shown) => shown['payment_status'] === 'succeeded',
  );
  const payment = await until(
    `/payments/${String(session['payment_id'])}`,
    (shown) => shown['digital_products_delivered'] === false,
  );
  expect(payment).toMatchObject({ card_last_four: '4242', customer: { email: TYPED.email } });
  const keys = await until(
    '/license_keys?page_size=100',
    (list) => list.items?.some((each) => each['payment_id'] === session['payment_id']) ?? false,
  );
  const key = keys.items?.find((each) => each['payment_id'] === session['payment_id'])?.['key'];
  expect((await buyer.get(page)).text).toContain(String(key));
}, 60_000);
