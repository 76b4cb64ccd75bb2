import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import DodoPayments from 'dodopayments';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { newWebhookSecret, signWebhook } from './webhook-signature.js';

const body = JSON.stringify({ type: 'payment.succeeded', data: { payment_id: 'pay_1', note: 'Grüße 🎁' } });
const now = (): number => Math.floor(Date.now() / 1000);
const headersOf = (timestamp: number, secrets: readonly string[]): Record<string, string> => ({
  'webhook-id': 'evt_1',
  'webhook-timestamp': `${timestamp}`,
  'webhook-signature': signWebhook({ id: 'evt_1', timestamp, body, secrets }),
});

describe('a signature', () => {
  it('equals that of the standardwebhooks package, byte for byte, for any secret, id, time and body', () => {
    const anyKey = fc
      .uint8Array({ minLength: 1, maxLength: 64 })
      .map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`);
    const anyId = fc.string({ minLength: 1 }).filter((id) => !id.includes('.'));
    fc.assert(
      fc.property(
        anyKey,
        anyId,
        fc.integer({ min: 0, max: 4_102_444_800 }),
        fc.string({ unit: 'binary' }),
        (secret, id, timestamp, text) => {
          expect(signWebhook({ id, timestamp, body: text, secrets: [secret] })).toBe(
            new Webhook(secret).sign(id, new Date(timestamp * 1000), text),
          );
        },
      ),
    );
  });

  it('is accepted by the official client', () => {
    const secret = newWebhookSecret();
    const client = new DodoPayments({ bearerToken: 'unused', webhookKey: secret });
    expect(client.webhooks.unwrap(body, { headers: headersOf(now(), [secret]) })).toEqual(JSON.parse(body));
  });

  it('is refused by the official client when the body changed or the secret is another', () => {
    const secret = newWebhookSecret();
    const client = new DodoPayments({ bearerToken: 'unused', webhookKey: secret });
    expect(() => client.webhooks.unwrap(`${body} `, { headers: headersOf(now(), [secret]) })).toThrow(
      'No matching signature',
    );
    expect(() => client.webhooks.unwrap(body, { headers: headersOf(now(), [newWebhookSecret()]) })).toThrow(
      'No matching signature',
    );
  });

  it('verifies under the old and the new secret while one is rotated', () => {
    const [before, after] = [newWebhookSecret(), newWebhookSecret()];
    const headers = headersOf(now(), [after, before]);
    expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
    for (const secret of [before, after]) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  });

  it('is the same with and without the prefix of the secret', () => {
    const bare = randomBytes(32).toString('base64');
    expect(headersOf(1, [bare])).toEqual(headersOf(1, [`whsec_${bare}`]));
  });
});

it('refuses an id with a dot, no secret, and an empty secret', () => {
  const secrets = [newWebhookSecret()];
  expect(() => signWebhook({ id: 'evt.1', timestamp: 1, body, secrets })).toThrow(RangeError);
  expect(() => signWebhook({ id: 'evt_1', timestamp: 1, body, secrets: [] })).toThrow(RangeError);
  expect(() => signWebhook({ id: 'evt_1', timestamp: 1, body, secrets: ['whsec_'] })).toThrow(RangeError);
});

it('makes secrets of 32 random bytes', () => {
  const [one, other] = [newWebhookSecret(), newWebhookSecret()];
  expect(Buffer.from(one.slice('whsec_'.length), 'base64')).toHaveLength(32);
  expect(one).toMatch(/^whsec_/);
  expect(one).not.toBe(other);
});
