import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Session } from '@payonce/engine/domain';
import express from 'express';
import { MongoNetworkError } from 'mongodb';
import { TYPED, buyerAt } from '../../../../test/support/checkout-buyer.js';
import type { Buyer } from '../../../../test/support/checkout-buyer.js';
import { hostCheckout, openSession } from '../../../../test/support/hosted-checkout.js';
import type { HostedCheckout } from '../../../../test/support/hosted-checkout.js';
import { openShop } from '../../../../test/support/shop.js';
import type { Shop } from '../../../../test/support/shop.js';
import { unreachablePurchases } from '../../../../test/support/unreachable-purchases.js';
import type { CheckoutDeps } from './deps.js';

let shop: Shop;
let checkout: HostedCheckout;
let buyer: Buyer;

beforeAll(async () => {
  shop = await openShop('checkout outage');
  checkout = await hostCheckout({ app: express(), shop, client: unreachablePurchases });
  buyer = buyerAt(checkout.origin);
});

afterAll(async () => {
  await checkout.close();
  await shop.close();
});

const open = () => openSession({ shop, client: unreachablePurchases });
const attemptsOf = (session: Session) => shop.stores.attempts.list({ payment: session.payment });

describe('while the purchase service is down', () => {
  it('Pay keeps the request, says so, and does not ask for another', async () => {
    const session = await open();
    const path = `/session/${session.id}`;
    const { fields } = await buyer.get(path);
    const form = { ...fields, ...TYPED };
    expect(await buyer.post(`${path}/pay`, form)).toMatchObject({ status: 303, location: path });
    const page = await buyer.get(path);
    expect(page.text).toContain('Your payment is being processed We have your payment request');
    expect(page.text).toContain('Please do not pay again');
    expect(page.html).not.toContain('<form');
    expect(await buyer.post(`${path}/pay`, form)).toMatchObject({ status: 303, location: path });
    expect(await attemptsOf(session)).toHaveLength(1);
  });

  it('the buyer who returns is told that the payment is being processed', async () => {
    const session = {
      ...(await shop.newSession()),
      id: shop.deps.ids.mint('cks'),
      payment: shop.deps.ids.mint('pay'),
      returnUrl: 'https://shop.example/',
    };
    await shop.stores.sessions.insert(session);
    await shop.newAttempt(session);
    const quick = await hostCheckout({
      app: express(),
      shop,
      client: unreachablePurchases,
      replace: { patience: { submitMs: 100, recordMs: 50, lookUpMs: 50 } },
    });
    const back = await buyerAt(quick.origin).get(`/session/${session.id}/return`);
    await quick.close();
    expect(back.location).toBe(`https://shop.example/?payment_id=${session.payment}&status=processing`);
  });
});

describe('while the database is down', () => {
  const gone = async (): Promise<never> => {
    throw new MongoNetworkError('connection refused to mongodb://user:secret@10.0.0.1');
  };
  const without = (stores: Partial<CheckoutDeps['stores']>) =>
    hostCheckout({
      app: express(),
      shop,
      client: unreachablePurchases,
      replace: { stores: { ...shop.stores, ...stores } },
    });

  it('pages say that nothing was charged, and nothing about the inside', async () => {
    const session = await open();
    const host = await without({ sessions: { ...shop.stores.sessions, find: gone } });
    const page = await buyerAt(host.origin).get(`/session/${session.id}`);
    await host.close();
    expect(page.status).toBe(503);
    expect(page.headers.get('retry-after')).toBe('30');
    expect(page.text).toContain('Nothing was charged.');
    expect(page.html).not.toMatch(/secret|mongodb|10\.0\.0\.1|Error/);
    expect(page.html).toContain(`href="/session/${session.id}"`);
    expect(host.errors).toHaveLength(1);
  });

  it('Pay promises nothing that nobody knows', async () => {
    const session = await open();
    const path = `/session/${session.id}`;
    const host = await without({ attempts: { ...shop.stores.attempts, insert: gone } });
    const at = buyerAt(host.origin);
    const { fields } = await at.get(path);
    const page = await at.post(`${path}/pay`, { ...fields, ...TYPED });
    await host.close();
    expect(page.status).toBe(503);
    expect(page.text).toContain('If your payment request reached us, we have it, and it counts once.');
    expect(page.text).not.toContain('Nothing was charged');
    expect(page.html).toContain(`href="${path}"`);
  });

  it('an answer that was lost after the attempt was stored is the same attempt when the buyer presses again', async () => {
    const session = await open();
    const path = `/session/${session.id}`;
    const { attempts } = shop.stores;
    const losing = async (attempt: Parameters<typeof attempts.insert>[0]): Promise<void> => {
      await attempts.insert(attempt);
      await gone();
    };
    const host = await without({ attempts: { ...attempts, insert: losing } });
    const { fields } = await buyer.get(path);
    expect((await buyerAt(host.origin).post(`${path}/pay`, { ...fields, ...TYPED })).status).toBe(503);
    await host.close();
    expect((await buyer.post(`${path}/pay`, { ...fields, ...TYPED })).status).toBe(303);
    expect(await attemptsOf(session)).toHaveLength(1);
  });
});

it('a mistake of ours is a calm page with status 500, and goes to the log', async () => {
  const session = await open();
  const broken = async (): Promise<never> => {
    throw new TypeError('undefined is not a function at secret.ts');
  };
  const payments = { ...shop.stores.payments, find: broken };
  const host = await hostCheckout({
    app: express(),
    shop,
    client: unreachablePurchases,
    replace: { stores: { ...shop.stores, payments } },
  });
  const page = await buyerAt(host.origin).get(`/session/${session.id}`);
  await host.close();
  expect(page.status).toBe(500);
  expect(page.html).not.toContain('secret.ts');
  expect(host.errors[0]).toContain('undefined is not a function');
});
