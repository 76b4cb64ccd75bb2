import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Product } from '@payonce/engine/domain';
import express from 'express';
import { buyerAt } from '../../../../test/support/checkout-buyer.js';
import type { Buyer } from '../../../../test/support/checkout-buyer.js';
import { hostCheckout, openSession } from '../../../../test/support/hosted-checkout.js';
import type { HostedCheckout } from '../../../../test/support/hosted-checkout.js';
import { openShop } from '../../../../test/support/shop.js';
import type { Shop } from '../../../../test/support/shop.js';
import { unreachablePurchases } from '../../../../test/support/unreachable-purchases.js';
import { XSS_PAYLOADS } from '../../../../test/support/xss-payloads.js';

let shop: Shop;
let checkout: HostedCheckout;
let buyer: Buyer;

beforeAll(async () => {
  shop = await openShop('checkout strangers');
  checkout = await hostCheckout({ app: express(), shop, client: unreachablePurchases });
  buyer = buyerAt(checkout.origin);
});

afterAll(async () => {
  await checkout.close();
  await shop.close();
});

/** The bones of a page: its tags with the names of their attributes, in order. A text that breaks out changes them. */
const bones = (html: string): string =>
  [...html.matchAll(/<(\/?[a-z!][a-z0-9]*)((?:[^>"]|"[^"]*")*)>/gi)]
    .map(
      ([, tag = '', rest = '']) =>
        `${tag} ${[...rest.matchAll(/([^\s"=<>]+)(?:="[^"]*")?/g)].map(([, name]) => name).join(' ')}`,
    )
    .join('\n');

describe.each(XSS_PAYLOADS.map((payload, index) => [index, payload] as const))(
  'text %i of a stranger: %s',
  (_index, payload) => {
    it('never becomes part of a page that shows what is sold', async () => {
      const sell = (name: string) =>
        openSession({
          shop,
          client: unreachablePurchases,
          line: { name, description: name },
          part: { metadata: { note: name } },
        });
      const [plain, odd] = await Promise.all([sell('plain'), sell(payload)]);
      const [expected, page] = await Promise.all([buyer.get(`/session/${plain.id}`), buyer.get(`/session/${odd.id}`)]);
      expect(bones(page.html)).toBe(bones(expected.html));
    });

    it('never becomes part of a form that comes back', async () => {
      const session = await openSession({ shop, client: unreachablePurchases });
      const path = `/session/${session.id}`;
      const { fields } = await buyer.get(path);
      const filled = (text: string) =>
        buyer.post(`${path}/pay`, {
          ...fields,
          email: text,
          name: text,
          country: text,
          state: text,
          zipcode: text,
          business: text,
          business_name: text,
          tax_id: text,
        });
      const [expected, page] = await Promise.all([filled(/\p{Cc}/u.test(payload) ? 'a\tb' : '!'), filled(payload)]);
      expect(page.status).toBe(400);
      expect(bones(page.html)).toBe(bones(expected.html));
    });

    it('never becomes part of the page of a link, and is carried on as it was', async () => {
      const product: Product = {
        id: shop.deps.ids.mint('pdt'),
        business: shop.business,
        mode: 'test',
        brand: shop.deps.ids.mint('brnd'),
        name: payload,
        description: payload,
        image: null,
        category: 'digital_products',
        price: { currency: 'EUR', amount: 1999, discountBps: 0, taxInclusive: true },
        license: null,
        delivery: null,
        metadata: {},
        archivedAt: null,
        createdAt: new Date(),
        updatedAt: new Date(),
      };
      checkout.products.set(product.id, product);
      const query = (text: string) =>
        new URLSearchParams({ fullName: text, city: text, metadata_note: text }).toString();
      const plain = await buyer.get(`/buy/${product.id}?${query('plain')}`);
      const odd = await buyer.get(`/buy/${product.id}?${query(payload)}`);
      expect(bones(odd.html)).toBe(bones(plain.html));
      await buyer.post(`/buy/${product.id}`, odd.fields);
      expect(checkout.opened.at(-1)?.metadata).toEqual({ note: payload });
    });
  },
);
