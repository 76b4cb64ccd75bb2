import type { ParseWebhook } from '../../processor.js';
import type { WebhookResult } from '../../processor-results.js';
import type { WebhookFixture } from '../processor/subject.js';
import type { Books } from './books.js';
import { find, toResult } from './results.js';

const SIGNATURE = 'memory-signature';
const TOLERANCE_SECONDS = 300;

interface Reading {
  readonly post: ParseWebhook;
  readonly books: Books;
  readonly secret: string;
  /** Seconds that a signature may be old; 5 minutes. */
  readonly tolerance?: number;
}

/** Verifies a post and reads it. */
export async function readPost({
  post,
  books,
  secret,
  tolerance = TOLERANCE_SECONDS,
}: Reading): Promise<WebhookResult> {
  if (post.mode === 'live') return { verified: false, reason: 'nobody pays real money here' };
  const [, at = '', hex = ''] = /^(\d{1,12})\.([0-9a-f]{64})$/.exec(post.headers[SIGNATURE] ?? '') ?? [];
  const expected = await signature({ body: post.body, at: Number(at), secret });
  if (hex !== expected) return { verified: false, reason: 'the signature does not fit' };
  if (Math.abs(Date.now() / 1_000 - Number(at)) > tolerance)
    return { verified: false, reason: 'the signature is too old' };
  return eventOf(post.body, books);
}

/** What a body says. */
export function eventOf(body: Uint8Array, books: Books): WebhookResult {
  const [, id, reference] = /^event (\S+) about (\S+)$/.exec(new TextDecoder().decode(body)) ?? [];
  const payment = reference === undefined ? undefined : find(books, reference);
  if (id === undefined || payment === undefined) return { verified: false, reason: 'the body is no event' };
  const event = { id, kind: 'payment', reference: payment.reference, result: toResult(payment) } as const;
  return { verified: true, account: 'memory', events: [event] };
}

/** Posts of the processor in memory. */
export const memoryWebhooks = (own: string): WebhookFixture => ({
  bodyOf: async (reference) => new TextEncoder().encode(`event 1_${reference} about ${reference}`),
  async sign({ body, at = new Date(), secret = own }) {
    const seconds = Math.floor(at.getTime() / 1_000);
    return { [SIGNATURE]: `${seconds}.${await signature({ body, at: seconds, secret })}` };
  },
  signatureHeader: SIGNATURE,
  otherSecret: 'another-webhook-secret',
});

async function signature({ body, at, secret }: { body: Uint8Array; at: number; secret: string }): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  const prefix = encoder.encode(`${at}.`);
  const text = new Uint8Array(prefix.length + body.length);
  text.set(prefix);
  text.set(body, prefix.length);
  const signed = await crypto.subtle.sign('HMAC', key, text);
  return Array.from(new Uint8Array(signed), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
