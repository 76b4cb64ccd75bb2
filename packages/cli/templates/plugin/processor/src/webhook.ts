import type { ProcessorEvent, WebhookResult } from '@payonce/plugin-sdk';
import { verifyTimed } from '@payonce/plugin-sdk/http';
import { z } from 'zod';
import { payment, toPaymentResult } from './answers.js';

export interface AcmePost {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly secret: string;
  readonly now: Date;
  readonly account: string;
}

const event = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(200),
  payment: payment.optional(),
});

/** Verifies `Acme-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">` over the raw bytes, and only then reads. */
export function readWebhook({ headers, body, secret, now, account }: AcmePost): WebhookResult {
  const verdict = verifyTimed({ headers, header: 'acme-signature', body, secrets: [secret], now });
  if (!verdict.verified) return verdict;
  const read = readEvent(Buffer.from(body).toString('utf8'));
  return read === undefined ? refused('the body is no event of Acme') : { verified: true, account, events: [read] };
}

const refused = (reason: string): WebhookResult => ({ verified: false, reason });

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
