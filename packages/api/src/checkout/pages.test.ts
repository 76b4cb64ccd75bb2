import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Session } from '@payonce/engine/domain';
import express from 'express';
import { TYPED, buyerAt } from '../../../../test/support/checkout-buyer.js';
import type { Buyer } from '../../../../test/support/checkout-buyer.js';
import { hostCheckout, openSession } from '../../../../test/support/hosted-checkout.js';
import type { HostedCheckout } from '../../../../test/support/hosted-checkout.js';
import { openShop } from '../../../../test/support/shop.js';
import type { Shop } from '../../../../test/support/shop.js';
import { unreachablePurchases } from '../../../../test/support/unreachable-purchases.js';

let shop: Shop;
let checkout: HostedCheckout;
let buyer: Buyer;
let session: Session;
let page: string;

beforeAll(async () => {
  shop = await openShop('checkout pages');
  checkout = await hostCheckout({ app: express(), shop, client: unreachablePurchases });
  buyer = buyerAt(checkout.origin);
  session = await openSession({
    shop,
    client: unreachablePurchases,
    line: { name: 'Brushes', description: '120 brushes', quantity: 3, discountBps: 2500, taxInclusive: false },
  });
  page = `/session/${session.id}`;
});

afterAll(async () => {
  await checkout.close();
  await shop.close();
});

describe('the page of a session', () => {
  it('shows who sells, what, for how much, and that it is a test', async () => {
    const { status, text } = await buyer.get(page);
    expect(status).toBe(200);
    for (const part of [
      'Test shop',
      'Test mode',
      'Brushes',
      '120 brushes',
      '3 × €10.00',
      '25% off',
      'Before: €30.00',
      '€22.50',
      'Discount −€7.50',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('Tax Choose your country');
  });

  it('knows what the merchant said about the buyer', async () => {
    const known = await openSession({
      shop,
      client: unreachablePurchases,
      part: {
        customer: { id: 'cus_AAAAAAAAAAAAAAAAAAAAA', email: 'ada@example.com', name: 'Ada', phone: null },
        billing: { country: 'US', state: 'CA', city: null, street: null, zipcode: '90210' },
        taxId: 'US123456789',
        customerBusinessName: 'Acme',
        cancelUrl: 'https://shop.example/cart',
      },
    });
    const { fields, html } = await buyer.get(`/session/${known.id}`);
    expect(fields).toMatchObject({
      email: 'ada@example.com',
      name: 'Ada',
      country: 'US',
      state: 'CA',
      zipcode: '90210',
      business: 'yes',
      business_name: 'Acme',
      tax_id: 'US123456789',
    });
    expect(html).toContain('href="https://shop.example/cart"');
  });

  it('does not link back to anything but the web', async () => {
    const odd = await openSession({ shop, client: unreachablePurchases, part: { cancelUrl: 'javascript:alert(1)' } });
    expect((await buyer.get(`/session/${odd.id}`)).html).not.toContain('javascript:');
  });

  it('has no field for a card', async () => {
    const { html } = await buyer.get(page);
    expect(html).not.toMatch(/autocomplete="cc-|name="(card|cvc|cvv|number|pan)/i);
  });

  it.each([
    '/session/cks_doesnotexist0000000AA',
    '/session/cks_short',
    '/session/%00',
    '/session/..%2f..%2fetc',
    '/session/',
    '/buy/pdt_doesnotexist0000000AA',
    '/buy/x',
  ])('is not there for %s', async (path) => {
    const { status, text } = await buyer.get(path);
    expect({ status, text }).toMatchObject({ status: 404, text: expect.stringContaining('There is nothing here') });
  });

  it('has expired at the end of its time, and takes no payment then', async () => {
    const over = await openSession({
      shop,
      client: unreachablePurchases,
      part: { expiresAt: new Date(Date.now() - 1000) },
    });
    const { text, html } = await buyer.get(`/session/${over.id}`);
    expect(text).toContain('This checkout has expired You were not charged.');
    expect(html).not.toContain('<form');
    const { fields } = await buyer.get(page);
    const token = checkout.deps.secrets.sign(['checkout-form', over.id]);
    expect(await buyer.post(`/session/${over.id}/pay`, { ...fields, ...TYPED, token })).toMatchObject({
      status: 303,
      location: `/session/${over.id}`,
    });
    expect(await shop.stores.attempts.list({ payment: over.payment })).toEqual([]);
  });
});

describe('the headers', () => {
  const expected = {
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self' https://processor.example; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('payment=()'),
  };

  it('allow nothing from elsewhere, no frame, no cache and no referrer', async () => {
    const { headers } = await buyer.get(page);
    expect(Object.fromEntries(headers)).toMatchObject(expected);
  });

  it('are on every answer, also on those that went wrong', async () => {
    const form = { 'content-security-policy': expect.stringContaining("form-action 'self';") };
    for (const path of ['/session/nothing', `${page}/status`, `${page}/return`, '/buy/x']) {
      expect(Object.fromEntries((await buyer.get(path)).headers)).toMatchObject({ ...expected, ...form });
    }
  });

  it('let the form of a session lead to its merchant as well, and to nobody else', async () => {
    const going = await openSession({
      shop,
      client: unreachablePurchases,
      part: { returnUrl: 'https://shop.example/thanks?x=1' },
    });
    const { headers } = await buyer.get(`/session/${going.id}`);
    expect(headers.get('content-security-policy')).toContain(
      "form-action 'self' https://processor.example https://shop.example;",
    );
  });

  it('ask for HTTPS from then on where the page has it', async () => {
    expect((await buyer.get(page)).headers.get('strict-transport-security')).toBeNull();
    const secure = await hostCheckout({
      app: express(),
      shop,
      client: unreachablePurchases,
      replace: { origin: 'https://pay.example' },
    });
    expect((await buyerAt(secure.origin).get(page)).headers.get('strict-transport-security')).toBe('max-age=31536000');
    await secure.close();
  });
});

describe('script and styles', () => {
  it('come from us under a name that changes with them, to be kept for ever', async () => {
    const { html } = await buyer.get(page);
    const paths = [...html.matchAll(/(?:src|href)="(\/checkout-assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(paths).toHaveLength(2);
    for (const path of paths) {
      const asset = await buyer.get(path);
      expect(asset.status).toBe(200);
      expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
  });

  it('are all there is: nothing inline, nothing from elsewhere', async () => {
    const { html } = await buyer.get(page);
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=)/i);
    expect(html).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//i);
  });
});

it('changes nothing however often its addresses are fetched ahead', async () => {
  const count = async () => {
    const collections = await shop.stores.attempts.list({ payment: session.payment });
    return [collections.length, await shop.stores.payments.find(session.payment), checkout.opened.length];
  };
  const before = await count();
  for (const path of [page, `${page}/status`, `${page}/return?status=succeeded`, '/buy/pdt_AAAAAAAAAAAAAAAAAAAAA']) {
    await buyer.get(path);
    await buyer.get(path, { 'sec-purpose': 'prefetch' });
  }
  expect(await count()).toEqual(before);
});
