import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Session } from '@payonce/engine/domain';
import express from 'express';
import { buyerAt } from '../../../../test/support/checkout-buyer.js';
import type { Buyer } from '../../../../test/support/checkout-buyer.js';
import { eventually } from '../../../../test/support/eventually.js';
import { openSession } from '../../../../test/support/hosted-checkout.js';
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
  running = await runCheckout({ label: 'order page', app: express() });
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

describe('the order page', () => {
  const settled = async (part: Partial<Session> = {}) => {
    const session = await open(part);
    await shop.pay(session);
    await shop.until(session, isSettled);
    return session;
  };
  const refund = async (session: Session, amount: number | null) => {
    const { id, business, mode, products } = await shop.payment(session);
    const items = amount === null ? null : products.map(({ product }) => ({ product, amount, taxInclusive: true }));
    const reserved = await shop.deps.reservations.reserve({
      business,
      mode,
      payment: id,
      request: { items },
      refund: { id: shop.deps.ids.mint('ref'), reason: null, metadata: {} },
    });
    await shop.client.refund({ ...session, session: session.id, refund: reserved.refund.id });
    await shop.until(session, ({ refunds }) =>
      refunds.some((each) => each.id === reserved.refund.id && each.status === 'succeeded'),
    );
  };

  const textWith = (session: Session, part: string) =>
    eventually(
      async () => (await buyer.get(pathOf(session))).text,
      (text) => text.includes(part),
    );

  it('leads back to the merchant', async () => {
    const session = await settled({ returnUrl: 'https://shop.example/thanks' });
    const { text, html } = await buyer.get(pathOf(session));
    expect(text).toContain('Return to Test shop');
    expect(html).toContain(`href="https://shop.example/thanks?payment_id=${session.payment}&amp;status=succeeded"`);
  });

  it('keeps the goods after a refund of a part', async () => {
    const session = await settled();
    await refund(session, 400);
    const { text } = await buyer.get(pathOf(session));
    expect(text).toMatch(/Refunded on \w+ \d+, \d{4} −€4\.00/);
    expect(text).toContain('KEY-entg_');
    expect(text).toContain('Thank you');
  });

  it('shows a refund in full, and no goods any more', async () => {
    const session = await settled();
    await refund(session, null);
    const text = await textWith(session, 'Access has ended.');
    expect(text).toContain('Your order was refunded €10.00 went back to you');
    expect(text).not.toContain('KEY-entg_');
  });

  it('says what is still being prepared, and what received more than was asked', async () => {
    shop.goods.plans.push('pending');
    shop.processor.charges.push('excess');
    const session = await open();
    await shop.pay(session);
    expect(await textWith(session, 'a person')).toContain('Received €11.00');
  });
});
