import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { openReceiver } from './webhook-receiver.js';
import type { WebhookReceiver } from './webhook-receiver.js';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const BODY = JSON.stringify({ type: 'payment.succeeded', timestamp: '2030-01-01T00:00:00Z', data: {} });

let receiver: WebhookReceiver;

beforeEach(async () => {
  receiver = await openReceiver();
});

afterEach(() => receiver.close());

async function post({ at = new Date(), signedWith = secret, body = BODY } = {}): Promise<number> {
  const headers = {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(signedWith).sign('evt_1', at, BODY),
  };
  return (await fetch(receiver.url, { method: 'POST', headers, body })).status;
}

it('takes what the official library signed, and counts repetitions once', async () => {
  receiver.trust(secret);
  expect([await post(), await post()]).toEqual([204, 204]);
  expect(await receiver.receive({ 'payment.succeeded': 1 })).toEqual([{ id: 'evt_1', type: 'payment.succeeded' }]);
});

it('refuses what nobody signed, another secret, another body and an old time', async () => {
  expect(await post()).toBe(401);
  receiver.trust(secret);
  expect(await post({ signedWith: `whsec_${randomBytes(32).toString('base64')}` })).toBe(401);
  expect(await post({ body: BODY.replace('{}', '{"more":1}') })).toBe(401);
  expect(await post({ at: new Date(Date.now() - 3_600_000) })).toBe(401);
});
