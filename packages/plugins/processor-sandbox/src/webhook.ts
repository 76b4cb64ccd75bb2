import type { ProcessorEvent, WebhookResult } from '@payonce/plugin-sdk';
import { verifyTimed } from '@payonce/plugin-sdk/http';
import { z } from 'zod';
import { paymentAnswer, refundAnswer } from './answers.js';
import { toPaymentResult, toRefundResult } from './results.js';

/** A post to the inbound address: nothing in it is believed before the signature fits. */
export interface WebhookPost {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly secret: string;
  readonly now: Date;
}

const MAX_BYTES = 1_000_000;
const envelope = z.object({ id: z.string().min(1).max(255), type: z.string().min(1).max(200), data: z.unknown() });
const paymentData = z.object({ payment: paymentAnswer });
const refundData = z.object({ refund: refundAnswer });

/** Verifies the signature over the raw bytes, then reads the event. */
export function readWebhook({ headers, body, secret, now }: WebhookPost): WebhookResult {
  if (body.byteLength > MAX_BYTES) return refused('the body is too large');
  const verdict = verifyTimed({ headers, header: 'sandbox-signature', body, secrets: [secret], now });
  if (!verdict.verified) return verdict;
  const event = readEvent(Buffer.from(body).toString('utf8'));
  return event === undefined
    ? refused('the body is not an event of the sandbox')
    : { verified: true, account: 'sandbox', events: [event] };
}

const refused = (reason: string): WebhookResult => ({ verified: false, reason });

function readEvent(text: string): ProcessorEvent | undefined {
  const parsed = envelope.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { id, type, data } = parsed.data;
  if (type.startsWith('payment.')) return paymentEvent(id, data);
  if (type.startsWith('refund.')) return refundEvent(id, data);
  return { id, kind: 'ignored', type };
}

function paymentEvent(id: string, data: unknown): ProcessorEvent | undefined {
  const parsed = paymentData.safeParse(data);
  if (!parsed.success) return undefined;
  const { payment } = parsed.data;
  return { id, kind: 'payment', reference: payment.reference, result: toPaymentResult(payment) };
}

function refundEvent(id: string, data: unknown): ProcessorEvent | undefined {
  const parsed = refundData.safeParse(data);
  if (!parsed.success) return undefined;
  const { refund } = parsed.data;
  return { id, kind: 'refund', reference: refund.reference, result: toRefundResult(refund) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
