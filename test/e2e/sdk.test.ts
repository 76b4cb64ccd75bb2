import { WebhookPayloadSchema } from '@dodopayments/core/schemas';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import DodoPayments from 'dodopayments';
import { eventually } from '../support/eventually.js';
import { payByForms } from './http-buyer.js';
import { addPlugIn } from './merchant.js';
import { openInbox } from './webhook-inbox.js';
import type { WebhookInbox } from './webhook-inbox.js';
import { startWholeSystem } from './whole-system.js';
import type { WholeSystem } from './whole-system.js';

/** What the published schemas of webhooks know. */
const KNOWN_TYPES = /^(?:payment|refund|license_key)\./;
const VISA = '4242424242424242';

let system: WholeSystem;
let inbox: WebhookInbox;
let client: DodoPayments;

beforeAll(async () => {
  [system, inbox] = await Promise.all([startWholeSystem({ label: 'sdk' }), openInbox()]);
  client = new DodoPayments({ bearerToken: system.key, baseURL: system.url });
  const endpoint = await client.webhooks.create({ url: inbox.url });
  const { secret } = await client.webhooks.retrieveSecret(endpoint.id);
  client = new DodoPayments({ bearerToken: system.key, baseURL: system.url, webhookKey: secret });
}, 60_000);

afterAll(async () => {
  await system.close();
  await inbox.close();
}, 60_000);

const openCheckout = async (email: string) => {
  const product_id = await addPlugIn(client);
  const { session_id, checkout_url } = await client.checkoutSessions.create({
    product_cart: [{ product_id, quantity: 1 }],
    customer: { email, name: 'Ann Buyer' },
    return_url: 'https://shop.example/thanks?order=1',
    metadata: { order: email },
  });
  return { product_id, session_id, checkoutUrl: checkout_url ?? '' };
};

const refusalOf = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('was not refused');
};

const expectKnownShapes = (about: string): void => {
  for (const { body, type } of inbox.about(about)) {
    if (KNOWN_TYPES.test(type))
      expect(WebhookPayloadSchema.safeParse(JSON.parse(body))).toMatchObject({ success: true });
  }
};

describe('a sale, driven by the official client', () => {
  let product: string;
  let paymentId: string;
  let key: string;

  it('leads the buyer from the session to the card and back to the shop', async () => {
    const { product_id, session_id, checkoutUrl } = await openCheckout('ann@example.com');
    product = product_id;
    expect(await client.checkoutSessions.retrieve(session_id)).toMatchObject({
      payment_id: null,
      payment_status: null,
    });
    const end = await payByForms({ checkoutUrl, card: VISA, email: 'ann@example.com' });
    expect(end.location).toMatch(
      /^https:\/\/shop\.example\/thanks\?order=1&payment_id=pay_[\w-]{21}&status=succeeded$/,
    );
    const session = await client.checkoutSessions.retrieve(session_id);
    expect(session).toMatchObject({ payment_status: 'succeeded', customer_email: 'ann@example.com' });
    paymentId = session.payment_id ?? '';
    expect(end.location).toContain(paymentId);
  });

  it('shows the payment, in the list, alone and by line', async () => {
    const [listed] = (await client.payments.list({ page_number: 0, product_id: product })).items;
    expect(listed).toMatchObject({ payment_id: paymentId, status: 'succeeded', total_amount: 1900 });
    const payment = await client.payments.retrieve(paymentId);
    expect(payment).toMatchObject({
      total_amount: 1900,
      tax: 303,
      currency: 'EUR',
      card_last_four: '4242',
      metadata: { order: 'ann@example.com' },
    });
    expect(await client.payments.retrieveLineItems(paymentId)).toMatchObject({
      currency: 'EUR',
      items: [{ amount: 1597, tax: 303, refundable_amount: 1900, name: 'Plug-in' }],
    });
    expect(await client.customers.retrieve(payment.customer.customer_id)).toMatchObject({ email: 'ann@example.com' });
  });

  it('gave a license key that software can use within its limit', async () => {
    const keys = await eventually(
      async () => (await client.licenseKeys.list({ page_number: 0, product_id: product })).items,
      (items) => items.length === 1,
    );
    key = keys[0]?.key ?? '';
    expect((await client.payments.list({ page_number: 0, product_id: product })).items).toMatchObject([
      { has_license_key: true },
    ]);
    const activation = await client.licenses.activate({ license_key: key, name: 'laptop' });
    expect(await client.licenses.validate({ license_key: key, license_key_instance_id: activation.id })).toEqual({
      valid: true,
    });
    expect(await refusalOf(client.licenses.activate({ license_key: key, name: 'desk' }))).toBeInstanceOf(
      DodoPayments.UnprocessableEntityError,
    );
    await client.licenses.deactivate({ license_key: key, license_key_instance_id: activation.id });
    expect(await client.licenses.activate({ license_key: key, name: 'desk' })).toMatchObject({
      id: expect.stringMatching(/^lki_/),
    });
  });

  it('was told to the merchant, signed, in bodies that the published schemas accept', async () => {
    const types = ['payment.succeeded', 'license_key.created', 'entitlement_grant.delivered'];
    const events = await inbox.unwrapped({ client, about: paymentId, types });
    expect(events.find(({ type }) => type === 'payment.succeeded')?.data).toMatchObject({
      payment_id: paymentId,
      total_amount: 1900,
    });
    expect(events.find(({ type }) => type === 'license_key.created')?.data).toMatchObject({ key });
    expectKnownShapes(paymentId);
  });

  it('can be refunded, which ends the license', async () => {
    const refund = await client.refunds.create({ payment_id: paymentId, reason: 'asked for it' });
    expect(refund).toMatchObject({ payment_id: paymentId, amount: 1900, is_partial: false });
    const settled = await eventually(
      () => client.refunds.retrieve(refund.refund_id),
      ({ status }) => status === 'succeeded',
    );
    expect((await client.refunds.list({ page_number: 0 })).items).toMatchObject([{ refund_id: settled.refund_id }]);
    expect(await client.payments.retrieve(paymentId)).toMatchObject({ refund_status: 'full' });
    await inbox.unwrapped({ client, about: paymentId, types: ['refund.succeeded', 'entitlement_grant.revoked'] });
    expect(await client.licenses.validate({ license_key: key })).toEqual({ valid: false });
    expect(await refusalOf(client.licenses.activate({ license_key: key, name: 'desk' }))).toBeInstanceOf(
      DodoPayments.PermissionDeniedError,
    );
    expectKnownShapes(paymentId);
    expect(await refusalOf(client.refunds.create({ payment_id: paymentId }))).toBeInstanceOf(
      DodoPayments.BadRequestError,
    );
  });

  it('was told to the one endpoint that there is', async () => {
    const urls: string[] = [];
    for await (const { url } of client.webhooks.list()) urls.push(url);
    expect(urls).toEqual([inbox.url]);
  });

  it('tells each thing once', async () => {
    const ids = inbox.about(paymentId).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('other ways to pay', () => {
  it('charges a stored payment method at once when the caller confirms', async () => {
    const product_id = await addPlugIn(client);
    const { customer_id } = await client.customers.create({ email: 'direct@example.com', name: 'Dora Direct' });
    const created = await client.checkoutSessions.create({
      product_cart: [{ product_id, quantity: 1 }],
      customer: { customer_id },
      billing_address: { country: 'DE' },
      confirm: true,
      payment_method_id: 'pm_card_mastercard',
    });
    expect(created).toMatchObject({ checkout_url: null, payment_id: expect.stringMatching(/^pay_/) });
    const paymentId = created.payment_id ?? '';
    expect(await client.payments.retrieve(paymentId)).toMatchObject({ status: 'succeeded', card_last_four: '4444' });
    await inbox.unwrapped({ client, about: paymentId, types: ['payment.succeeded', 'entitlement_grant.delivered'] });
  });

  it('tells of a declined card, and leaves the session payable', async () => {
    const { session_id, checkoutUrl } = await openCheckout('declined@example.com');
    await payByForms({ checkoutUrl, card: '4000000000009995', email: 'declined@example.com' });
    const { payment_id } = await client.checkoutSessions.retrieve(session_id);
    const paymentId = payment_id ?? '';
    const events = await inbox.unwrapped({ client, about: paymentId, types: ['payment.failed'] });
    expect(events.find(({ type }) => type === 'payment.failed')?.data).toMatchObject({
      error_code: 'INSUFFICIENT_FUNDS',
    });
    expect(await client.payments.retrieve(paymentId)).toMatchObject({
      status: 'failed',
      error_code: 'INSUFFICIENT_FUNDS',
    });
    await payByForms({ checkoutUrl, card: VISA, email: 'declined@example.com' });
    await inbox.unwrapped({ client, about: paymentId, types: ['payment.succeeded'] });
    expect(await client.payments.retrieve(paymentId)).toMatchObject({ status: 'succeeded', error_code: null });
    expectKnownShapes(paymentId);
  });
});
