import { describe, expect, it } from '@jest/globals';
import { webhookResult } from '@payonce/plugin-sdk/schemas';
import Stripe from 'stripe';
import { TEST_KEYS } from './testing/bench.js';
import { charge, intent, ours, refund, session } from './testing/event-objects.js';
import { eventOf, signatureOf } from './testing/fake-posts.js';
import { readWebhook } from './webhook.js';

const NOW = new Date('2026-05-02T12:00:00Z');
const [SECRET, ROLLED] = TEST_KEYS.webhookSecrets;

const event = (type: string, object: unknown) => eventOf({ id: 'evt_1', type, object });
const signed = (body: string, secret: string = SECRET, at = NOW) => signatureOf({ body, secret, at });
const read = (body: string, signature = signed(body), own: Partial<Parameters<typeof readWebhook>[0]> = {}) => {
  const post = { headers: { 'Stripe-Signature': signature }, body: Buffer.from(body), now: NOW };
  const result = readWebhook({ ...post, mode: 'test', secrets: TEST_KEYS.webhookSecrets, ...own });
  expect(webhookResult.parse(result)).toEqual(result);
  return result;
};
const told = (type: string, object: unknown) => {
  const result = read(event(type, object));
  return result.verified ? result.events[0] : result;
};

describe('an event', () => {
  const captured = { amount: 1255, currency: 'EUR' };
  const paid = { status: 'succeeded', processorRef: 'pi_1', captured };

  it.each([
    ['payment_intent.succeeded', intent(), paid],
    ['payment_intent.processing', intent({ status: 'processing' }), { status: 'processing', processorRef: 'pi_1' }],
    ['payment_intent.canceled', intent({ status: 'canceled' }), { status: 'cancelled', processorRef: 'pi_1' }],
    [
      'payment_intent.amount_capturable_updated',
      intent({ status: 'requires_capture', amount_capturable: 1255, amount_received: 0 }),
      { status: 'authorized', processorRef: 'pi_1', authorized: captured },
    ],
    [
      'payment_intent.payment_failed',
      intent({ status: 'requires_payment_method', last_payment_error: { code: 'card_declined', decline_code: 'new' } }),
      { status: 'failed', processorRef: 'pi_1', declineCode: 'CARD_DECLINED', message: 'the payment was declined' },
    ],
    ['checkout.session.completed', session(), paid],
    [
      'checkout.session.completed',
      session({ payment_status: 'unpaid' }),
      { status: 'processing', processorRef: 'pi_1' },
    ],
    ['checkout.session.async_payment_succeeded', session(), paid],
    [
      'checkout.session.async_payment_failed',
      session({ payment_status: 'unpaid' }),
      expect.objectContaining({ status: 'failed', processorRef: 'pi_1' }),
    ],
    [
      'checkout.session.expired',
      session({ status: 'expired', payment_status: 'unpaid', payment_intent: null }),
      { status: 'cancelled', processorRef: 'cs_test_1' },
    ],
    [
      'charge.succeeded',
      charge(),
      { ...paid, method: 'card', card: { last4: '4242', network: 'VISA', type: 'DEBIT', issuingCountry: 'DE' } },
    ],
  ])('%s is about the payment', (type, object, result) => {
    expect(told(type, object)).toEqual({ id: 'evt_1', kind: 'payment', reference: 'att_1', result });
  });

  it.each([
    ['refund.created', refund({ status: 'pending' }), { status: 'pending', processorRef: 're_1' }],
    ['refund.updated', refund({ status: 'requires_action' }), { status: 'pending', processorRef: 're_1' }],
    [
      'refund.updated',
      refund(),
      { status: 'succeeded', processorRef: 're_1', refunded: { amount: 500, currency: 'EUR' } },
    ],
    [
      'refund.failed',
      refund({ status: 'failed', failure_reason: 'lost_or_stolen_card' }),
      expect.objectContaining({ status: 'failed', code: 'lost_or_stolen_card' }),
    ],
    [
      'charge.refund.updated',
      refund({ status: 'canceled' }),
      expect.objectContaining({ status: 'failed', code: 'canceled' }),
    ],
  ])('%s is about the refund', (type, object, result) => {
    expect(told(type, object)).toEqual({ id: 'evt_1', kind: 'refund', reference: 'ref_1', result });
  });

  it.each([
    [
      'payment_intent.payment_failed',
      intent({ status: 'requires_payment_method', metadata: { ...ours, payonce_flow: 'page' } }),
    ],
    ['payment_intent.succeeded', intent({ metadata: {} })],
    ['checkout.session.completed', session({ metadata: {} })],
    ['refund.updated', refund({ metadata: {} })],
    ['charge.succeeded', charge({ captured: false })],
    ['charge.succeeded', charge({ amount_captured: 0 })],
    ['charge.refunded', charge()],
    ['charge.dispute.created', { id: 'dp_1', object: 'dispute' }],
    ['charge.dispute.closed', { id: 'dp_1', object: 'dispute' }],
    ['an.event.of.tomorrow', {}],
    ['constructor', {}],
  ])('%s that says nothing about an outcome of ours is ignored', (type, object) => {
    expect(told(type, object)).toEqual({ id: 'evt_1', kind: 'ignored', type });
  });

  it('of the second generation is ignored', () => {
    const thin = JSON.stringify({
      id: 'evt_2',
      object: 'v2.core.event',
      type: 'v1.billing.meter.no_meter_found',
      livemode: false,
    });
    expect(read(thin)).toEqual({
      verified: true,
      account: 'own',
      events: [{ id: 'evt_2', kind: 'ignored', type: 'v1.billing.meter.no_meter_found' }],
    });
  });

  it('of a connected account is ignored: whose account it is may write our references on own payments', () => {
    const body = JSON.stringify({ ...JSON.parse(event('payment_intent.succeeded', intent())), account: 'acct_1' });
    expect(read(body)).toEqual({
      verified: true,
      account: 'acct_1',
      events: [{ id: 'evt_1', kind: 'ignored', type: 'payment_intent.succeeded' }],
    });
  });
});

describe('a post', () => {
  const body = event('payment_intent.succeeded', intent());

  it.each([SECRET, ROLLED])('may be signed with either secret while one is rolled', (secret) => {
    expect(read(body, signed(body, secret)).verified).toBe(true);
  });

  it('may carry the signatures of two secrets, and one of an older kind', () => {
    const two = `${signed(body, 'whsec_another')},v1=${signed(body).split('v1=')[1]},v0=${'0'.repeat(64)}`;
    expect(read(body, two).verified).toBe(true);
  });

  it('is signed as the official client signs it', () => {
    const timestamp = NOW.getTime() / 1_000;
    const header = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: SECRET, timestamp });
    expect(read(body, header).verified).toBe(true);
  });

  const off = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

  it.each([-300, 300])('is accepted %i seconds off', (seconds) => {
    expect(read(body, signed(body, SECRET, off(seconds))).verified).toBe(true);
  });

  it.each([
    ['no signature', body, ''],
    ['another secret', body, signed(body, 'whsec_another')],
    ['a space more', `${body} `, signed(body)],
    ['an old signature', body, signed(body, SECRET, off(-301))],
    ['a signature from the future', body, signed(body, SECRET, off(301))],
    ['a signature of an older kind only', body, signed(body).replace('v1=', 'v0=')],
    ['a changed time', body, signed(body).replace(/^t=\d/, 't=2')],
    ['a body that is no JSON', 'no', undefined],
    ['a body that is no event', '[]', undefined],
    ['more than a megabyte', 'x'.repeat(1_000_001), undefined],
    ['a negative amount', event('payment_intent.succeeded', intent({ amount_received: -1 })), undefined],
    ['an amount that is a text', event('payment_intent.succeeded', intent({ amount_received: '1255' })), undefined],
    ['a currency of nowhere', event('payment_intent.succeeded', intent({ currency: 'xxx' })), undefined],
    ['a refund without an amount', event('refund.updated', refund({ amount: null })), undefined],
    ['nothing in it', event('checkout.session.completed', undefined), undefined],
    ['the other mode', body.replace('"livemode":false', '"livemode":true'), undefined],
  ])('with %s is refused', (_what, text, signature) => {
    expect(read(text, signature ?? signed(text)).verified).toBe(false);
  });

  it('to a mode without keys, or of test to live, is refused', () => {
    expect(read(body, signed(body), { mode: 'live' }).verified).toBe(false);
    expect(read(body, signed(body), { mode: 'live', secrets: [] }).verified).toBe(false);
  });
});
