import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Session } from '@payonce/engine/domain';
import express from 'express';
import { TYPED, buyerAt } from '../../../../test/support/checkout-buyer.js';
import type { Buyer, BuyerPage } from '../../../../test/support/checkout-buyer.js';
import { hostCheckout, openSession } from '../../../../test/support/hosted-checkout.js';
import type { HostedCheckout } from '../../../../test/support/hosted-checkout.js';
import { runCheckout } from '../../../../test/support/running-checkout.js';
import type { RunningCheckout } from '../../../../test/support/running-checkout.js';
import { isSettled } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';

let running: RunningCheckout;
let shop: RunningShop;
let checkout: HostedCheckout;
let buyer: Buyer;

beforeAll(async () => {
  running = await runCheckout({ label: 'paying', app: express() });
  ({ shop, checkout } = running);
  buyer = buyerAt(checkout.origin);
});

afterAll(() => running.stop());

beforeEach(() => {
  shop.processor.charges.length = 0;
  shop.processor.down = false;
  shop.goods.plans.length = 0;
  shop.goods.taxDown = false;
});

const pathOf = (session: Session): string => `/session/${session.id}`;
const open = (part: Partial<Session> = {}) => openSession({ shop, client: shop.client, part });

/** Fills the form of the page as it is now, with the tax brought up to date, and presses Pay. */
async function press(session: Session, typed: Readonly<Record<string, string>> = {}): Promise<BuyerPage> {
  const page = await buyer.get(pathOf(session));
  const priced = await buyer.post(`${pathOf(session)}/quote`, { ...page.fields, ...TYPED, ...typed });
  return buyer.post(`${pathOf(session)}/pay`, priced.fields);
}

const charges = (session: Session) =>
  shop.stores.attempts.list({ payment: session.payment }).then((attempts) => {
    const known = new Set<string>(attempts.map(({ id }) => id));
    return shop.processor.ledger.filter(({ kind, reference }) => kind === 'charge' && known.has(reference));
  });

describe('pressing Pay', () => {
  it('leads back to the page, which is the order page by then', async () => {
    const session = await open();
    const answer = await press(session);
    expect(answer).toMatchObject({ status: 303, location: pathOf(session) });
    await shop.until(session, isSettled);
    const { text } = await buyer.get(pathOf(session));
    for (const part of [
      'Thank you',
      'KEY-entg_',
      'VAT Germany 19%, included',
      '€10.00',
      'INV-',
      session.payment,
      'VISA ending in 4242',
      TYPED.email,
    ]) {
      expect(text).toContain(part);
    }
  });

  it('keeps what the buyer sent, in an attempt that nobody changes', async () => {
    const session = await open();
    await press(session, {
      country: 'US',
      state: 'CA',
      zipcode: '90210',
      business: 'yes',
      business_name: 'Acme',
      tax_id: 'us 12-345.678',
    });
    const [attempt] = await shop.stores.attempts.list({ payment: session.payment });
    expect(attempt?.request).toMatchObject({
      customer: { email: TYPED.email, name: TYPED.name },
      billing: { country: 'US', state: 'CA', zipcode: '90210', city: null },
      taxId: 'US12345678',
      customerBusinessName: 'Acme',
      shownTotal: 1000,
      currency: 'EUR',
      paymentMethod: null,
    });
  });

  it('is one attempt and one charge when it comes ten times at once', async () => {
    const session = await open();
    const { fields } = await buyer.post(`${pathOf(session)}/quote`, {
      ...(await buyer.get(pathOf(session))).fields,
      ...TYPED,
    });
    const answers = await Promise.all(Array.from({ length: 10 }, () => buyer.post(`${pathOf(session)}/pay`, fields)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(await shop.stores.attempts.list({ payment: session.payment })).toHaveLength(1);
    expect(await charges(session)).toHaveLength(1);
  });

  it('is one attempt when two tabs press it, whichever comes first', async () => {
    shop.processor.charges.push('processing');
    const session = await open();
    const tabs = await Promise.all([press(session), press(session)]);
    expect(tabs.map(({ status }) => status)).toEqual([303, 303]);
    expect(await shop.stores.attempts.list({ payment: session.payment })).toHaveLength(1);
  });

  it('charges nothing when it is free', async () => {
    const session = await openSession({ shop, client: shop.client, line: { unitPrice: 0 } });
    expect((await buyer.get(pathOf(session))).text).toContain('Complete order');
    expect((await press(session)).location).toBe(pathOf(session));
    expect((await buyer.get(pathOf(session))).text).toContain('Thank you, your order is complete');
    expect(await charges(session)).toEqual([]);
  });

  it('goes on to the merchant when it succeeded at once and there is a place to go', async () => {
    const session = await open({ returnUrl: 'https://shop.example/thanks?cart=7#top' });
    const { location } = await press(session);
    expect(location).toBe(`https://shop.example/thanks?cart=7&payment_id=${session.payment}&status=succeeded#top`);
  });

  it('on a paid purchase shows the order, and charges nothing again', async () => {
    const session = await open();
    const { fields } = await buyer.post(`${pathOf(session)}/quote`, {
      ...(await buyer.get(pathOf(session))).fields,
      ...TYPED,
    });
    await buyer.post(`${pathOf(session)}/pay`, fields);
    expect(await buyer.post(`${pathOf(session)}/pay`, fields)).toMatchObject({
      status: 303,
      location: pathOf(session),
    });
    expect(await charges(session)).toHaveLength(1);
  });
});

describe('a declined payment', () => {
  it('is explained, with the form as it was and a new attempt behind it', async () => {
    shop.processor.charges.push('decline');
    const session = await open();
    const before = await buyer.get(pathOf(session));
    expect(await press(session)).toMatchObject({ status: 303, location: pathOf(session) });
    const after = await buyer.get(pathOf(session));
    expect(after.text).toContain('The payment did not go through Your bank declined the payment.');
    expect(after.text).toContain('You were not charged.');
    expect(after.fields).toMatchObject(TYPED);
    expect(after.fields['attempt']).not.toBe(before.fields['attempt']);
    expect((await press(session)).location).toBe(pathOf(session));
    expect((await buyer.get(pathOf(session))).text).toContain('Thank you');
    expect(await charges(session)).toHaveLength(1);
  });

  it('stays declined when its old page is sent again', async () => {
    shop.processor.charges.push('decline');
    const session = await open();
    const { fields } = await buyer.post(`${pathOf(session)}/quote`, {
      ...(await buyer.get(pathOf(session))).fields,
      ...TYPED,
    });
    await buyer.post(`${pathOf(session)}/pay`, fields);
    expect(await buyer.post(`${pathOf(session)}/pay`, fields)).toMatchObject({
      status: 303,
      location: pathOf(session),
    });
    expect(await charges(session)).toEqual([]);
    const other = await buyer.post(`${pathOf(session)}/pay`, { ...fields, email: 'new@example.com' });
    expect(other.status).toBe(409);
    expect(other.text).toContain('An earlier press of Pay, with other details, was counted first.');
    expect(other.fields).toMatchObject({ email: 'new@example.com' });
    expect((await buyer.post(`${pathOf(session)}/pay`, other.fields)).status).toBe(303);
    expect((await shop.payment(session)).customer?.email).toBe('new@example.com');
  });
});

describe('a total that changed', () => {
  it('is shown, and charged only after another press', async () => {
    const session = await openSession({ shop, client: shop.client, line: { taxInclusive: false } });
    const { fields } = await buyer.get(pathOf(session));
    const asked = await buyer.post(`${pathOf(session)}/pay`, { ...fields, ...TYPED });
    expect(asked.status).toBe(409);
    expect(asked.text).toContain('The total has changed.');
    expect(asked.text).toContain('Pay €11.90');
    expect(await shop.stores.attempts.list({ payment: session.payment })).toEqual([]);
    expect((await buyer.post(`${pathOf(session)}/pay`, asked.fields)).status).toBe(303);
    expect(await charges(session)).toMatchObject([{ amount: { amount: 1190, currency: 'EUR' } }]);
  });

  it('is noticed by the purchase too, after the page had agreed', async () => {
    const session = await openSession({ shop, client: shop.client, line: { taxInclusive: false } });
    const page = await buyer.get(pathOf(session));
    const { fields } = await buyer.post(`${pathOf(session)}/quote`, { ...page.fields, ...TYPED });
    const { rate } = shop.goods;
    const { ensure } = shop.stores.customers;
    const customers = {
      ...shop.stores.customers,
      ensure: async (customer: Parameters<typeof ensure>[0]) => {
        shop.goods.rate = '20/100';
        return ensure(customer);
      },
    };
    const slow = await hostCheckout({
      app: express(),
      shop,
      client: shop.client,
      replace: { stores: { ...shop.stores, customers } },
    });
    const answer = await buyerAt(slow.origin).post(`${pathOf(session)}/pay`, fields);
    await slow.close();
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('Pay €12.00');
    shop.goods.rate = rate;
    expect(await charges(session)).toEqual([]);
    expect((await buyer.get(pathOf(session))).text).toContain('Pay €11.90');
  });

  it('is not guessed while the tax cannot be worked out', async () => {
    const session = await open();
    shop.goods.taxDown = true;
    const { fields } = await buyer.get(pathOf(session));
    const answer = await buyer.post(`${pathOf(session)}/pay`, { ...fields, ...TYPED });
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('We cannot work out the tax right now. Try again in a minute. You were not charged.');
    expect(answer.fields).toMatchObject(TYPED);
  });
});
