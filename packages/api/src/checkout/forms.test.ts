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
  shop = await openShop('checkout forms');
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

describe('the price for what the form says', () => {
  it('comes as JSON for the script', async () => {
    const { fields } = await buyer.get(page);
    const answer = await buyer.post(`${page}/quote`, { ...fields, country: 'DE' }, { accept: 'application/json' });
    expect(JSON.parse(answer.html)).toMatchObject({
      total: 2678,
      totalText: '€26.78',
      payLabel: 'Pay €26.78',
      rows: expect.arrayContaining([{ label: 'VAT Germany 19%', amount: '€4.28' }]),
      fields: [],
      states: [],
      spoken: 'Total €26.78. VAT Germany 19%: €4.28',
    });
  });

  it('says what is missing for the tax of a country that asks for more', async () => {
    const { fields } = await buyer.get(page);
    const answer = await buyer.post(`${page}/quote`, { ...fields, country: 'US' }, { accept: 'application/json' });
    const body = JSON.parse(answer.html);
    expect(body).toMatchObject({
      total: 2250,
      fields: ['state', 'zipcode'],
      postalCodeLabel: 'ZIP code',
      stateLabel: 'State',
    });
    expect(body.states).toContainEqual({ code: 'CA', name: 'California' });
  });

  it('comes as the same page without scripts: everything typed is kept, nothing is scolded', async () => {
    const { fields } = await buyer.get(page);
    const again = await buyer.post(`${page}/quote`, { ...fields, email: 'half', name: 'Ada <b>', country: 'DE' });
    expect(again.status).toBe(200);
    expect(again.fields).toMatchObject({ email: 'half', name: 'Ada <b>', country: 'DE', shown_total: '2678' });
    expect(again.html).not.toContain('aria-invalid');
  });

  it('is kept apart from a tax that cannot be worked out', async () => {
    shop.goods.taxDown = true;
    const { fields } = await buyer.get(page);
    const again = await buyer.post(`${page}/quote`, { ...fields, country: 'DE' });
    shop.goods.taxDown = false;
    expect(again.status).toBe(200);
    expect(again.text).toContain('We cannot work out the tax right now');
    expect(again.text).toContain('Tax Not available right now');
  });

  it('stores nothing', async () => {
    const { fields } = await buyer.get(page);
    await buyer.post(`${page}/quote`, { ...fields, ...TYPED });
    expect(await shop.stores.attempts.list({ payment: session.payment })).toEqual([]);
  });
});

describe('what a buyer got wrong', () => {
  it('is said beside each field and in a list above, with everything kept', async () => {
    const { fields } = await buyer.get(page);
    const answer = await buyer.post(`${page}/pay`, {
      ...fields,
      email: 'ada@',
      name: '',
      country: 'US',
      zipcode: 'x',
      business: 'yes',
      tax_id: '!',
    });
    expect(answer.status).toBe(400);
    expect(answer.fields).toMatchObject({
      email: 'ada@',
      name: '',
      country: 'US',
      zipcode: 'x',
      business: 'yes',
      tax_id: '!',
    });
    for (const id of ['email', 'name', 'state', 'zipcode', 'tax_id']) {
      expect(answer.html).toContain(`<a href="#${id}">`);
      expect(answer.html).toContain(`id="${id}-error"`);
      expect(answer.html).toMatch(new RegExp(`id="${id}"[^>]*aria-invalid="true"[^>]*aria-describedby="${id}-error`));
    }
    expect(await shop.stores.attempts.list({ payment: session.payment })).toEqual([]);
  });

  it('is never a card number sent back', async () => {
    const { fields } = await buyer.get(page);
    const answer = await buyer.post(`${page}/pay`, { ...fields, ...TYPED, name: '4242 4242 4242 4242' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('This looks like a card number.');
    expect(answer.html).not.toMatch(/4242.?4242/);
  });

  it.each([
    ['an empty form', {}],
    ['a total that is not a number', { shown_total: 'free' }],
    ['a total of nothing', { shown_total: '0' }],
    ['a negative total', { shown_total: '-2678' }],
  ])('is readable for %s', async (_what, part) => {
    const { fields } = await buyer.get(page);
    const answer = await buyer.post(`${page}/pay`, {
      token: fields['token'] ?? '',
      ...(Object.keys(part).length > 0 ? { ...fields, ...TYPED, ...part } : {}),
    });
    expect([400, 409]).toContain(answer.status);
    expect(await shop.stores.attempts.list({ payment: session.payment })).toEqual([]);
  });

  it('is a 4xx page for bodies that are no form', async () => {
    const post = (body: string, type: string) =>
      fetch(new URL(`${page}/pay`, checkout.origin), { method: 'POST', body, headers: { 'content-type': type } });
    expect((await post('{"a":1}', 'application/json')).status).toBe(403);
    expect((await post('a=1'.repeat(20_000), 'application/x-www-form-urlencoded')).status).toBe(413);
    expect((await post('a=1&'.repeat(200), 'application/x-www-form-urlencoded')).status).toBe(413);
    expect((await post('token=%E0%A4%A', 'application/x-www-form-urlencoded')).status).toBe(403);
    expect((await post('a=1', 'application/x-www-form-urlencoded; charset=klingon')).status).toBe(415);
  });
});

it.each(['pay', 'quote'])(
  'leads back to the page when the answer to /%s is opened again by its address',
  async (form) => {
    expect(await buyer.get(`${page}/${form}`)).toMatchObject({ status: 303, location: page });
  },
);

describe('a form from elsewhere', () => {
  const sent = async (headers: Readonly<Record<string, string>>, part: Readonly<Record<string, string>> = {}) => {
    const { fields } = await buyer.get(page);
    return (await buyer.post(`${page}/quote`, { ...fields, ...TYPED, ...part }, headers)).status;
  };

  it.each(['cross-site', 'same-site'])('is refused when the browser says %s', async (site) => {
    expect(await sent({ 'sec-fetch-site': site })).toBe(403);
    const { fields } = await buyer.get(page);
    expect((await buyer.post(`${page}/pay`, { ...fields, ...TYPED }, { 'sec-fetch-site': site })).status).toBe(403);
  });

  it('is refused without the token of this session', async () => {
    expect(await sent({}, { token: '' })).toBe(403);
    expect(await sent({}, { token: checkout.deps.secrets.sign(['checkout-form', 'cks_other']) })).toBe(403);
  });

  it('is judged by its origin where the browser says nothing else', async () => {
    const silent = async (origin?: string) => {
      const { fields } = await buyer.get(page);
      const body = new URLSearchParams({ ...fields, ...TYPED });
      const headers = { accept: 'text/html', ...(origin === undefined ? {} : { origin }) };
      return (await fetch(new URL(`${page}/quote`, checkout.origin), { method: 'POST', body, headers })).status;
    };
    expect(await silent()).toBe(200);
    expect(await silent('null')).toBe(200);
    expect(await silent(checkout.origin)).toBe(200);
    expect(await silent('https://evil.example')).toBe(403);
  });
});

it('slows down who tries too often', async () => {
  const strict = await hostCheckout({
    app: express(),
    shop,
    client: unreachablePurchases,
    replace: { limits: { pay: 3, quote: 3 } },
  });
  const at = buyerAt(strict.origin);
  const { fields } = await at.get(page);
  const statuses = [];
  for (let press = 0; press < 5; press += 1)
    statuses.push((await at.post(`${page}/pay`, { ...fields, name: '' })).status);
  expect(statuses).toEqual([400, 400, 400, 429, 429]);
  expect((await at.post(`${page}/quote`, fields)).status).toBe(200);
  await strict.close();
});
