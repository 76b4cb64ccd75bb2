import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Session } from '@payonce/engine/domain';
import express from 'express';
import { TYPED, buyerAt } from '../../../../test/support/checkout-buyer.js';
import type { Buyer, BuyerPage } from '../../../../test/support/checkout-buyer.js';
import { hostCheckout, openSession } from '../../../../test/support/hosted-checkout.js';
import type { HostedCheckout } from '../../../../test/support/hosted-checkout.js';
import { runCheckout } from '../../../../test/support/running-checkout.js';
import type { RunningCheckout } from '../../../../test/support/running-checkout.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';

let running: RunningCheckout;
let shop: RunningShop;
let checkout: HostedCheckout;
let buyer: Buyer;

beforeAll(async () => {
  running = await runCheckout({ label: 'at the processor', app: express() });
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

describe('a payment that goes on at the processor', () => {
  const attemptOf = async (session: Session) =>
    (await shop.stores.attempts.list({ payment: session.payment })).at(-1)?.id ?? 'att_none';

  it('leads there, and can be continued from the page', async () => {
    shop.processor.charges.push('redirect');
    const session = await open();
    const { status, location } = await press(session);
    expect({ status, location }).toEqual({
      status: 303,
      location: `https://processor.example/pay/${await attemptOf(session)}`,
    });
    const page = await buyer.get(pathOf(session));
    expect(page.text).toContain('Continue your payment');
    expect(page.html).toContain(`href="${location}"`);
  });

  it('stays on the page, with a link, where browsers may not be redirected', async () => {
    shop.processor.charges.push('redirect');
    const session = await open();
    const narrow = await hostCheckout({ app: express(), shop, client: shop.client, replace: { processorOrigins: [] } });
    const at = buyerAt(narrow.origin);
    const page = await at.get(pathOf(session));
    const { fields } = await at.post(`${pathOf(session)}/quote`, { ...page.fields, ...TYPED });
    expect((await at.post(`${pathOf(session)}/pay`, fields)).location).toBe(pathOf(session));
    expect((await at.get(pathOf(session))).html).toContain('href="https://processor.example/pay/');
    await narrow.close();
  });

  it('hands what the address of the return says to the adapter of that very attempt, and believes none of it', async () => {
    shop.processor.charges.push('redirect');
    shop.processor.completed.length = 0;
    const session = await open();
    await press(session);
    const attempt = await attemptOf(session);
    await buyer.get(`${pathOf(session)}/return?attempt=att_forged&token=t_0`);
    const long = 'x'.repeat(2_001);
    const back = await buyer.get(
      `${pathOf(session)}/return?attempt=${attempt}&token=t_1&status=succeeded&a=1&a=2&b=${long}`,
    );
    expect(back).toMatchObject({ status: 303, location: pathOf(session) });
    expect(shop.processor.completed).toEqual([{ token: 't_1', status: 'succeeded' }]);
    expect((await buyer.get(pathOf(session))).text).toContain('Continue your payment');
  });

  it.each([
    ['succeeded', 'succeeded'],
    ['failed', 'failed'],
    ['cancelled', 'failed'],
  ] as const)('that %s tells the merchant %s, whatever the address of the return says', async (outcome, told) => {
    shop.processor.charges.push('redirect');
    const session = await open({ returnUrl: 'https://shop.example/thanks' });
    await press(session);
    shop.processor.settle(await attemptOf(session), outcome);
    const back = await buyer.get(`${pathOf(session)}/return?attempt=att_forged&status=succeeded&payment_id=pay_forged`);
    expect(back).toMatchObject({
      status: 303,
      location: `https://shop.example/thanks?payment_id=${session.payment}&status=${told}`,
    });
  });

  it('returns to the page when the merchant has none, and to the same place however often', async () => {
    shop.processor.charges.push('redirect');
    const session = await open();
    await press(session);
    shop.processor.settle(await attemptOf(session), 'succeeded');
    const backs = await Promise.all([1, 2, 3].map(() => buyer.get(`${pathOf(session)}/return`)));
    expect(backs.map(({ location }) => location)).toEqual([pathOf(session), pathOf(session), pathOf(session)]);
    expect((await buyer.get(pathOf(session))).text).toContain('Thank you');
    expect(await charges(session)).toHaveLength(1);
  });

  it('is asked for again when the buyer comes back without having paid', async () => {
    shop.processor.charges.push('redirect');
    const session = await open({ returnUrl: 'https://shop.example/thanks' });
    await press(session);
    expect(await buyer.get(`${pathOf(session)}/return?status=succeeded`)).toMatchObject({
      status: 303,
      location: pathOf(session),
    });
    expect(await charges(session)).toEqual([]);
  }, 20_000);

  it('can be replaced by other details, and is one charge then too', async () => {
    shop.processor.charges.push('redirect', 'succeed');
    const session = await open();
    await press(session);
    expect((await press(session, { email: 'other@example.com' })).location).toBe(pathOf(session));
    expect((await shop.payment(session)).customer?.email).toBe('other@example.com');
    expect(await charges(session)).toHaveLength(1);
  });
});

describe('a payment that takes long', () => {
  it('is said to be in progress, is not offered again, and looks again by itself', async () => {
    shop.processor.charges.push('processing');
    const session = await open({ returnUrl: 'https://shop.example/thanks' });
    expect((await press(session)).location).toBe(pathOf(session));
    const page = await buyer.get(pathOf(session));
    expect(page.text).toContain('Your payment is being processed');
    expect(page.text).toContain('Please do not pay again');
    expect(page.html).not.toContain('<form');
    expect(page.html).toContain('<meta http-equiv="refresh" content="5"');
    const status = await buyer.get(`${pathOf(session)}/status`);
    expect(JSON.parse(status.html)).toMatchObject({ state: 'processing' });
    expect(page.html).toContain(`data-version="${String(JSON.parse(status.html).version)}"`);
    expect((await buyer.get(`${pathOf(session)}/return`)).location).toContain('status=processing');
  }, 20_000);

  it('of another amount than asked waits for the seller', async () => {
    shop.processor.charges.push('short');
    const session = await open();
    await press(session);
    const page = await buyer.get(pathOf(session));
    expect(page.text).toContain('The seller is looking at your payment');
    expect(page.text).toContain('Please do not pay again');
    const [held] = (await shop.client.state({ session: session.id })).attention;
    await shop.client.resolve({
      session: session.id,
      resolution: { case: held?.id ?? '', action: 'refund', actor: 'tester' },
    });
    await shop.until(session, ({ state }) => state.value.kind === 'closed');
    expect((await buyer.get(pathOf(session))).text).toContain('The money that you had paid was sent back to you.');
  });
});
