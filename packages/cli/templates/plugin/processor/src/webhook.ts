import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ProcessorEvent, WebhookResult } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { payment, toPaymentResult } from './answers.js';

export interface AcmePost {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly secret: string;
  readonly now: Date;
  readonly account: string;
}

const HEADER = 'acme-signature';
const TOLERANCE_SECONDS = 300;
const event = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(200),
  payment: payment.optional(),
});

/** Verifies `Acme-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">` over the raw bytes, and only then reads. */
export function readWebhook({ headers, body, secret, now, account }: AcmePost): WebhookResult {
  const [, at, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(headerOf(headers)) ?? [];
  if (at === undefined || hex === undefined) return refused('the signature is missing or cannot be read');
  const expected = createHmac('sha256', secret).update(`${at}.`).update(body).digest();
  if (!timingSafeEqual(Buffer.from(hex, 'hex'), expected)) return refused('the signature does not fit the body');
  if (Math.abs(now.getTime() / 1_000 - Number(at)) > TOLERANCE_SECONDS)
    return refused('the signature is too old or from the future');
  const read = readEvent(Buffer.from(body).toString('utf8'));
  return read === undefined ? refused('the body is no event of Acme') : { verified: true, account, events: [read] };
}

const refused = (reason: string): WebhookResult => ({ verified: false, reason });

const headerOf = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === HEADER)?.[1] ?? '';

function readEvent(text: string): ProcessorEvent | undefined {
  const parsed = event.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const { id, type, payment: about } = parsed.data;
  if (about === undefined) return { id, kind: 'ignored', type };
  return { id, kind: 'payment', reference: about.reference, result: toPaymentResult(about) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
