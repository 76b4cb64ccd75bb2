import { createHmac, timingSafeEqual } from 'node:crypto';

/** What is to be verified: `Stripe-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, with several v1 while a secret is changed. */
export interface SignedPost {
  readonly signature: string | undefined;
  readonly body: Uint8Array;
  readonly secret: string;
  readonly now: Date;
}

const TOLERANCE_SECONDS = 300;
const MOST_SIGNATURES = 10;

/** Why a signature is not accepted; undefined when it is. Compares in constant time, and refuses what is older or newer than 5 minutes. */
export function signatureProblem({ signature = '', body, secret, now }: SignedPost): string | undefined {
  const parts = signature.split(',').map((part) => part.trim());
  const timestamp = parts.map((part) => /^t=(\d{1,12})$/.exec(part)?.[1]).find((found) => found !== undefined);
  const candidates = parts.flatMap((part) => /^v1=([0-9a-f]{64})$/.exec(part)?.[1] ?? []);
  if (timestamp === undefined || candidates.length === 0) return 'the signature is missing or cannot be read';
  if (candidates.length > MOST_SIGNATURES) return 'there are too many signatures';
  const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
  const matches = candidates.filter((candidate) => timingSafeEqual(Buffer.from(candidate, 'hex'), expected));
  if (matches.length === 0) return 'the signature does not fit the body';
  const age = Math.abs(now.getTime() / 1_000 - Number(timestamp));
  return age > TOLERANCE_SECONDS ? 'the signature is too old or from the future' : undefined;
}
