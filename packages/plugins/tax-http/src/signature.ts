import { createHash, createHmac } from 'node:crypto';

/** A message, ready to be signed. */
export interface Message {
  readonly idempotencyKey: string;
  readonly body: string;
  readonly secret: Buffer;
  readonly now: Date;
}

/** Headers as Standard Webhooks has them: the id is the same whenever the same question is repeated, the time and the signature are of this call. */
export function signedHeaders({ idempotencyKey, body, secret, now }: Message): Readonly<Record<string, string>> {
  const id = `msg_${createHash('sha256').update(`${idempotencyKey}\n${body}`).digest('base64url')}`;
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
