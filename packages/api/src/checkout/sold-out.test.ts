import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PlannedEntitlement, Session } from '@payonce/engine/domain';
import express from 'express';
import { TYPED, buyerAt } from '../../../../test/support/checkout-buyer.js';
import type { Buyer, BuyerPage } from '../../../../test/support/checkout-buyer.js';
import { openSession } from '../../../../test/support/hosted-checkout.js';
import { runCheckout } from '../../../../test/support/running-checkout.js';
import type { RunningCheckout } from '../../../../test/support/running-checkout.js';
import { isSettled } from '../../../../test/support/running-shop.js';

let running: RunningCheckout;
let buyer: Buyer;

beforeAll(async () => {
  running = await runCheckout({ label: 'sold out', app: express() });
  buyer = buyerAt(running.checkout.origin);
});

afterAll(() => running.stop());

beforeEach(() => {
  running.shop.processor.charges.length = 0;
  running.shop.seats.reset(1);
});

const SEAT: PlannedEntitlement = {
  id: 'ent_seatseatseatseatseats',
  provider: 'seats',
  settings: {},
  reach: 'own_stores',
  reserves: true,
};

const pathOf = (session: Session): string => `/session/${session.id}`;
const open = () =>
  openSession({ shop: running.shop, client: running.shop.client, line: { name: 'A seat', entitlements: [SEAT] } });

/** Fills the form of the page as it is now, with the tax brought up to date, and presses Pay. */
async function press(session: Session): Promise<BuyerPage> {
  const page = await buyer.get(pathOf(session));
  const priced = await buyer.post(`${pathOf(session)}/quote`, { ...page.fields, ...TYPED });
  return buyer.post(`${pathOf(session)}/pay`, priced.fields);
}

describe('the last seat', () => {
  it('goes to one buyer; the other reads why, is not charged and can try again when one is back', async () => {
    const { shop } = running;
    const [first, second] = [await open(), await open()];
    expect(await press(first)).toMatchObject({ status: 303 });
    await shop.until(first, isSettled);
    const charged = shop.processor.ledger.length;
    const refused = await press(second);
    expect(refused.status).toBe(409);
    for (const part of ['Sold out', 'The last seat is gone. You were not charged.', 'Pay €10.00'])
      expect(refused.text).toContain(part);
    expect(refused.fields).toMatchObject({ email: TYPED.email });
    expect(shop.processor.ledger).toHaveLength(charged);
    shop.seats.capacity = 2;
    expect(await press(second)).toMatchObject({ status: 303, location: pathOf(second) });
    await shop.until(second, isSettled);
  });

  it('is sold once when many press Pay at the same time', async () => {
    const sessions = await Promise.all(Array.from({ length: 4 }, () => open()));
    const pages = await Promise.all(sessions.map((session) => press(session)));
    expect(pages.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(pages.filter(({ status }) => status === 409)).toHaveLength(3);
    expect(running.shop.seats.taken.size).toBe(1);
  });

  it('is not sold while nobody can say whether it is there', async () => {
    running.shop.seats.faults.reserve.push('retryable');
    const session = await open();
    const page = await press(session);
    expect(page).toMatchObject({ status: 503, text: expect.stringContaining('Try again in a minute') });
    expect(await press(session)).toMatchObject({ status: 303 });
  });
});

describe('a processor that refuses for good what we send', () => {
  it('tells the buyer nothing of our troubles, and lets them try again', async () => {
    running.shop.processor.charges.push('key_refused');
    const session = await open();
    expect(await press(session)).toMatchObject({ status: 303, location: pathOf(session) });
    const { text } = await buyer.get(pathOf(session));
    expect(text).toContain(
      'The payment could not be started. Try again later, or ask the seller. You were not charged.',
    );
    expect(text).not.toMatch(/key|bank/);
    expect(await press(session)).toMatchObject({ status: 303 });
    await running.shop.until(session, isSettled);
  });
});
