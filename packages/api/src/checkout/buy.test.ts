import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Product } from '@payonce/engine/domain';
import { DomainError } from '@payonce/engine/domain';
import express from 'express';
import { buyerAt } from '../../../../test/support/checkout-buyer.js';
import type { Buyer } from '../../../../test/support/checkout-buyer.js';
import { hostCheckout } from '../../../../test/support/hosted-checkout.js';
import type { HostedCheckout } from '../../../../test/support/hosted-checkout.js';
import { openShop } from '../../../../test/support/shop.js';
import type { Shop } from '../../../../test/support/shop.js';
import { unreachablePurchases } from '../../../../test/support/unreachable-purchases.js';

let shop: Shop;
let checkout: HostedCheckout;
let buyer: Buyer;

beforeAll(async () => {
  shop = await openShop('static links');
  checkout = await hostCheckout({ app: express(), shop, client: unreachablePurchases });
  buyer = buyerAt(checkout.origin);
});

afterAll(async () => {
  await checkout.close();
  await shop.close();
});

function sell(part: Partial<Product> = {}, at: HostedCheckout = checkout): string {
  const product: Product = {
    id: shop.deps.ids.mint('pdt'),
    business: shop.business,
    mode: 'test',
    brand: shop.deps.ids.mint('brnd'),
    name: 'Brushes',
    description: '120 brushes',
    image: null,
    category: 'digital_products',
    price: { currency: 'EUR', amount: 1999, discountBps: 1250, taxInclusive: false },
    license: null,
    delivery: null,
    metadata: {},
    archivedAt: null,
    createdAt: new Date(),
    updatedAt: new Date(),
    ...part,
  };
  at.products.set(product.id, product);
  return `/buy/${product.id}`;
}

describe('the page of a static link', () => {
  it('shows the product with its price, and makes nothing', async () => {
    const { status, text, headers } = await buyer.get(sell());
    expect(status).toBe(200);
    for (const part of [
      'Test shop',
      'Test mode',
      'Brushes',
      '120 brushes',
      '€17.49',
      'Before: €19.99',
      '12.5% off',
      'Tax is added where it applies.',
    ]) {
      expect(text).toContain(part);
    }
    expect(headers.get('content-security-policy')).toContain("form-action 'self';");
    expect(checkout.opened).toEqual([]);
  });

  it('does not sell what is no longer for sale', async () => {
    const path = sell({ archivedAt: new Date() });
    const { text, html } = await buyer.get(path);
    expect(text).toContain('This product is no longer for sale.');
    expect(html).not.toContain('<form');
    const token = checkout.deps.secrets.sign(['checkout-form', path.replace('/buy/', '')]);
    expect((await buyer.post(path, { token })).status).toBe(410);
    expect(checkout.opened).toEqual([]);
  });
});

describe('its form', () => {
  it('opens a session with what the link said, and leads to it', async () => {
    const path = sell();
    const page = await buyer.get(
      `${path}?quantity=2&email=ada%40example.com&fullName=Ada&country=DE&metadata_ref=x%22%3Cb&redirect_url=https%3A%2F%2Fshop.example%2F`,
    );
    const answer = await buyer.post(path, { ...page.fields, quantity: '3' });
    expect(answer).toMatchObject({ status: 303, location: expect.stringMatching(/^\/session\/cks_/) });
    expect(checkout.opened.splice(0)).toEqual([
      {
        product: path.replace('/buy/', ''),
        quantity: 3,
        email: 'ada@example.com',
        name: 'Ada',
        billing: { country: 'DE', state: null, city: null, street: null, zipcode: null },
        returnUrl: 'https://shop.example/',
        metadata: { ref: 'x"<b' },
      },
    ]);
    expect((await buyer.get(answer.location ?? '')).text).toContain('3 × €10.00');
  });

  it('is refused from elsewhere, and with the token of another product', async () => {
    const path = sell();
    const { fields } = await buyer.get(path);
    expect((await buyer.post(path, fields, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await buyer.post(sell(), fields)).status).toBe(403);
    expect((await buyer.post(path, {})).status).toBe(403);
    expect(checkout.opened).toEqual([]);
  });

  it('shows why a session could not be opened, with the form kept', async () => {
    const refusing = await hostCheckout({
      app: express(),
      shop,
      client: unreachablePurchases,
      replace: {
        openSession: async () => {
          throw new DomainError('INVALID_REQUEST_BODY', 'redirect_url: use an address of the shop');
        },
      },
    });
    const path = sell({}, refusing);
    const at = buyerAt(refusing.origin);
    const { fields } = await at.get(`${path}?quantity=4`);
    const answer = await at.post(path, fields);
    await refusing.close();
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('redirect_url: use an address of the shop');
    expect(answer.fields['quantity']).toBe('4');
  });
});
