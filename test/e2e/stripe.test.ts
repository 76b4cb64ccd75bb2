import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import DodoPayments from 'dodopayments';
import { startFakeStripe } from '../../packages/plugins/processor-stripe/src/testing/fake-stripe.js';
import type { FakeStripe } from '../../packages/plugins/processor-stripe/src/testing/fake-stripe.js';
import { TYPED, buyerAt } from '../support/checkout-buyer.js';
import { eventually } from '../support/eventually.js';
import { addPlugIn } from './merchant.js';
import { startWholeSystem } from './whole-system.js';
import type { WholeSystem } from './whole-system.js';

const CONFIG = fileURLToPath(new URL('stripe/payonce.config.mjs', import.meta.url));
const KEYS = { secretKey: 'sk_test_oftheendtoendtests', webhookSecret: 'whsec_oftheendtoendtests' };
const PRICE = 1900;

let fake: FakeStripe;
let system: WholeSystem;
let client: DodoPayments;
let product_id: string;

beforeAll(async () => {
  fake = await startFakeStripe(KEYS);
  const configured = async () => {
    const told = { STRIPE_SECRET_KEY: KEYS.secretKey, STRIPE_WEBHOOK_SECRET: KEYS.webhookSecret };
    Object.assign(process.env, { ...told, STRIPE_PORT: String(fake.api.port) });
    return CONFIG;
  };
  const variables = { PROCESSOR_ORIGINS: fake.origin };
  system = await startWholeSystem({ label: 'stripe', configured, variables });
  client = new DodoPayments({ bearerToken: system.key, baseURL: system.url });
  product_id = await addPlugIn(client);
}, 60_000);

afterAll(async () => {
  await system.close();
  await fake.close();
}, 60_000);

/** Whether Stripe's posts arrive. */
const listen = (arrive: boolean): void =>
  fake.postTo(arrive ? { url: `${system.url}/inbound/processors/stripe/test`, secret: KEYS.webhookSecret } : undefined);

/** A buyer presses Pay on the hosted page, and is sent to Stripe's. */
async function order() {
  const { session_id } = await client.checkoutSessions.create({
    product_cart: [{ product_id, quantity: 1 }],
    customer: { email: TYPED.email, name: TYPED.name },
    return_url: 'https://shop.example/thanks',
  });
  const path = `/session/${session_id}`;
  const buyer = buyerAt(system.url);
  const { fields } = await buyer.get(path);
  const { location } = await buyer.post(`${path}/pay`, { ...fields, ...TYPED });
  return { session: session_id, page: location ?? '' };
}

/** Types a test card on the page of Stripe's. Answers where the buyer goes next. */
async function type(page: string, payment_method: string) {
  const body = new URLSearchParams({ payment_method });
  const { status, headers } = await fetch(page, { method: 'POST', redirect: 'manual', body });
  return { status, location: headers.get('location') ?? '' };
}

const paymentOf = async (session: string) => {
  const { payment_id } = await client.checkoutSessions.retrieve(session);
  return client.payments.retrieve(payment_id ?? '');
};
const untilPaid = (session: string) =>
  eventually(
    () => paymentOf(session),
    ({ status }) => status === 'succeeded',
  );
const movements = () => fake.books.intents.filter(({ status }) => status === 'succeeded').length;

describe('a purchase through Stripe', () => {
  let paymentId: string;

  it('leads to the page of Stripe, for the exact total', async () => {
    listen(true);
    const { page } = await order();
    expect(page).toMatch(new RegExp(`^${fake.origin}/pay/cs_test_`));
    expect(fake.books.sessions[0]).toMatchObject({ amount_total: PRICE, currency: 'eur' });
    expect(fake.books.sessions[0]?.success_url).toContain(`${system.url}/session/`);
  });

  it('goes on after a declined card, and is paid by what Stripe posts though the buyer never returns', async () => {
    const { session, page } = await order();
    expect((await type(page, 'pm_card_chargeDeclined')).status).toBe(402);
    expect((await paymentOf(session)).status).toBe('requires_customer_action');
    expect((await type(page, 'pm_card_visa')).status).toBe(303);
    const payment = await untilPaid(session);
    expect(payment).toMatchObject({ total_amount: PRICE, currency: 'EUR' });
    paymentId = payment.payment_id;
    const keys = await eventually(
      async () => (await client.licenseKeys.list({ page_number: 0, product_id })).items,
      (items) => items.length === 1,
    );
    expect(keys[0]?.status).toBe('active');
  });

  it('is refunded through Stripe, once, and the license ends', async () => {
    const { refund_id } = await client.refunds.create({ payment_id: paymentId, reason: 'asked for it' });
    await eventually(
      () => client.refunds.retrieve(refund_id),
      ({ status }) => status === 'succeeded',
    );
    expect(fake.movements(refund_id)).toEqual([{ kind: 'refund', amount: { amount: PRICE, currency: 'EUR' } }]);
    await eventually(
      async () => (await client.licenseKeys.list({ page_number: 0, product_id })).items[0]?.status,
      (status) => status === 'disabled',
    );
  });

  it('is paid by the return of the buyer when no post arrives, and the card is on record', async () => {
    listen(false);
    const { session, page } = await order();
    const { location } = await type(page, 'pm_card_visa');
    await buyerAt(system.url).get(location);
    expect(await untilPaid(session)).toMatchObject({ card_last_four: '4242', card_network: 'VISA' });
  });

  it('charges once though the answer of Stripe is lost', async () => {
    listen(true);
    const pages = fake.books.sessions.length;
    fake.faults.loseNextAnswer();
    const { session } = await order();
    const { page } = await eventually(
      async () => ({ page: fake.books.sessions[0]?.url ?? '', status: (await paymentOf(session)).status }),
      ({ status }) => status === 'requires_customer_action',
    );
    expect(fake.books.sessions.length).toBe(pages + 1);
    const before = movements();
    await type(page, 'pm_card_visa');
    await untilPaid(session);
    expect(movements()).toBe(before + 1);
  });
});
