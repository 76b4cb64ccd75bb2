import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { MOST_SIGNATURES, doubted, headerIn, inTime } from './verified.js';
import type { Verified } from './verified.js';

/** How a secret begins whose rest is base64, as everybody who signs this way writes it. */
const SECRET_PREFIX = 'whsec_';
const SECRET_BYTES = { min: 24, max: 64 } as const;

const bytesOf = (secret: string): Buffer => Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');

/**
 * Why a text is no secret for signing; undefined when it is one: `whsec_` and 24 to 64 bytes in base64. Called by the options of plugins; throws nothing, and never repeats
 * the text.
 *
 * ```ts
 * secret: z.string().refine((text) => secretProblem(text) === undefined, { error: ({ input }) => secretProblem(String(input)) }),
 * ```
 */
export function secretProblem(secret: string): string | undefined {
  if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret)) return 'is not whsec_ and base64';
  const { length } = bytesOf(secret);
  return length < SECRET_BYTES.min || length > SECRET_BYTES.max ? 'is not of 24 to 64 bytes' : undefined;
}

/** The id of a message, made of what is the same at every repetition and differs otherwise: the idempotency key, for example. Called by plugins; throws nothing. */
export const messageId = (text: string): string => `msg_${createHash('sha256').update(text).digest('base64url')}`;

/** What is signed. */
export interface SignedMessage {
  /** The same at every repetition: see {@link messageId}. */
  readonly id: string;
  /** `whsec_` and base64. */
  readonly secret: string;
  /** Exactly what is sent. */
  readonly body: string;
  /** Of this try. */
  readonly at: Date;
}

/**
 * The three headers of a signed message, as [Standard Webhooks](https://www.standardwebhooks.com) has them. Called by plugins before every try: the id stays, the time and the
 * signature are new. Throws a TypeError when the secret is none.
 *
 * ```ts
 * const body = JSON.stringify({ type: 'fulfill', grant });
 * const signed = signedHeaders({ id: messageId(idempotencyKey), secret, body, at: now() });
 * await callOut({ who: 'receiver', method: 'POST', url, headers: { ...signed, 'content-type': 'application/json' }, body, signal });
 * ```
 */
export function signedHeaders({ id, secret, body, at }: SignedMessage): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(at.getTime() / 1_000));
  const signature = signatureOf({ id, seconds, secret, body }).toString('base64');
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` };
}

/** A message that came. */
export interface ReceivedMessage {
  /** Of the request, in any case. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** The raw body: what a parser made of it will not do. */
  readonly body: string | Uint8Array;
  /** Each of which may have signed it: `whsec_` and base64. */
  readonly secrets: readonly string[];
  /** By the receiver's clock. */
  readonly now: Date;
}

/**
 * Verifies a message that was signed as [Standard Webhooks](https://www.standardwebhooks.com) has it: one of up to ten signatures fits, compared in constant time, and the
 * message is at most five minutes old or ahead. Called by receivers: adapters whose processor signs so, and the other side of a plugin in its tests. Throws a TypeError when
 * a secret is none.
 *
 * ```ts
 * const verdict = verifySigned({ headers: request.headers, body, secrets: [secret], now: new Date() });
 * if (!verdict.verified) return { verified: false, reason: verdict.reason };
 * ```
 */
export function verifySigned({ headers, body, secrets, now }: ReceivedMessage): Verified {
  const [id, seconds, given] = ['id', 'timestamp', 'signature'].map((name) => headerIn(headers, `webhook-${name}`));
  if (!id || !seconds || !given || !/^\d{1,12}$/.test(seconds)) return doubted('the signature is missing');
  const candidates = given.split(' ').flatMap((part) => /^v1,([A-Za-z0-9+/]{43}=)$/.exec(part)?.[1] ?? []);
  if (candidates.length > MOST_SIGNATURES) return doubted('there are too many signatures');
  const fits = secrets.some((secret) => {
    const expected = signatureOf({ id, seconds, secret, body });
    return candidates.some((candidate) => timingSafeEqual(Buffer.from(candidate, 'base64'), expected));
  });
  if (!fits) return doubted('the signature does not fit the body');
  return inTime({ seconds, now }) ? { verified: true } : doubted('the signature is too old or from the future');
}

interface Signed extends Pick<ReceivedMessage, 'body'>, Pick<SignedMessage, 'secret'> {
  readonly id: string;
  readonly seconds: string;
}

function signatureOf({ id, seconds, secret, body }: Signed): Buffer {
  const problem = secretProblem(secret);
  if (problem !== undefined) throw new TypeError(`the secret for signing ${problem}`);
  return createHmac('sha256', bytesOf(secret)).update(`${id}.${seconds}.`).update(body).digest();
}
