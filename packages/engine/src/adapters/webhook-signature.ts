import { createHmac, randomBytes } from 'node:crypto';
import type { WebhookSigner } from '../ports/outside.js';

const PREFIX = 'whsec_';

/**
 * The value of `webhook-signature` as Standard Webhooks 1.0 says: one `v1,<base64>` per secret, joined by spaces. Pure: the same message gives the same value.
 *
 * @throws RangeError when the id has a dot (it would let id and timestamp trade places), or a secret is missing or empty
 */
export const signWebhook: WebhookSigner['sign'] = ({ id, timestamp, body, secrets }) => {
  if (id.includes('.')) throw new RangeError('A webhook id has no dot.');
  if (secrets.length === 0) throw new RangeError('A webhook is signed with at least one secret.');
  const text = `${id}.${timestamp}.${body}`;
  return secrets
    .map((secret) => `v1,${createHmac('sha256', signingKey(secret)).update(text).digest('base64')}`)
    .join(' ');
};

/** {@link signWebhook} behind its port. */
export const webhookSigner: WebhookSigner = { sign: signWebhook };

/** A new endpoint's secret: 'whsec_' and base64 of 32 random bytes. */
export const newWebhookSecret = (): string => PREFIX + randomBytes(32).toString('base64');

function signingKey(secret: string): Buffer {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');
  if (key.length === 0) throw new RangeError('A webhook secret is not empty.');
  return key;
}
