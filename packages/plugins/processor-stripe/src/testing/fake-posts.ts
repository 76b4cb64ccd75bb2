import { createHmac } from 'node:crypto';

/** What a post is signed with. */
export interface SignedBody {
  readonly body: Uint8Array | string;
  readonly secret: string;
  readonly at?: Date;
}

/** The header of a genuine post. */
export function signatureOf({ body, secret, at = new Date() }: SignedBody): string {
  const timestamp = Math.floor(at.getTime() / 1_000);
  return `t=${timestamp},v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;
}

/** An event about an object, as Stripe writes it. */
export const eventOf = (event: { id: string; type: string; object: unknown }): string =>
  JSON.stringify({
    id: event.id,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: Math.floor(Date.now() / 1_000),
    data: { object: event.object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: event.type,
  });

/** Tells whoever listens, once; nobody waits for it. */
export async function post(
  to: { readonly url: string; readonly secret: string } | undefined,
  body: string,
): Promise<void> {
  if (to === undefined) return;
  const headers = { 'content-type': 'application/json', 'stripe-signature': signatureOf({ body, secret: to.secret }) };
  await fetch(to.url, { method: 'POST', headers, body }).catch(() => undefined);
}
