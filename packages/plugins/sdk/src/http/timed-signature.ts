import { createHmac, timingSafeEqual } from 'node:crypto';
import { MOST_SIGNATURES, doubted, headerIn, inTime } from './verified.js';
import type { Verified } from './verified.js';

/** A post whose signature is one header: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`. */
export interface TimedPost {
  /** Of the request, in any case. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** The name of that header, in lower case: 'acme-signature'. */
  readonly header: string;
  /** The raw body: what a parser made of it will not do. */
  readonly body: Uint8Array;
  /** Each of which may have signed it, as the processor shows them: their characters are the key. */
  readonly secrets: readonly string[];
  /** By our clock. */
  readonly now: Date;
}

/**
 * Verifies `t=…,v1=…`, the way in which many processors sign: one of up to ten `v1` fits (there are several while a secret is changed), compared in constant time, and the
 * post is at most five minutes old or ahead. Called by `parseWebhook` of adapters, before anything is read; throws nothing.
 *
 * ```ts
 * const verdict = verifyTimed({ headers, header: 'acme-signature', body, secrets: [secret], now });
 * if (!verdict.verified) return verdict;
 * ```
 */
export function verifyTimed({ headers, header, body, secrets, now }: TimedPost): Verified {
  const parts = headerIn(headers, header)
    .split(',')
    .map((part) => part.trim());
  const seconds = parts.map((part) => /^t=(\d{1,12})$/.exec(part)?.[1]).find((found) => found !== undefined);
  const candidates = parts.flatMap((part) => /^v1=([0-9a-f]{64})$/.exec(part)?.[1] ?? []);
  if (seconds === undefined || candidates.length === 0) return doubted('the signature is missing or cannot be read');
  if (candidates.length > MOST_SIGNATURES) return doubted('there are too many signatures');
  const fits = secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
    return candidates.some((candidate) => timingSafeEqual(Buffer.from(candidate, 'hex'), expected));
  });
  if (!fits) return doubted('the signature does not fit the body');
  return inTime({ seconds, now }) ? { verified: true } : doubted('the signature is too old or from the future');
}
