import { RetryableError } from '@payonce/plugin-sdk';
import type { CancelResult, PaymentRef } from '@payonce/plugin-sdk';
import { believe, paymentAnswer } from './answers.js';
import type { PaymentAnswer } from './answers.js';
import type { SandboxClient } from './client.js';
import { listPayments } from './lookup.js';
import { toPaymentResult } from './results.js';

/**
 * Cancels every payment under our reference that can still be paid, and tells what they are now. With none there the outcome is unknown: a request may
 * still be on its way. Repeat-safe, and without a key: a repetition must tell the state of now.
 */
export async function cancelAll(client: SandboxClient, request: PaymentRef): Promise<CancelResult> {
  const before = await listPayments(client, request);
  const isOpen = ({ status }: PaymentAnswer): boolean => status === 'requires_action';
  const cancelled = await Promise.all(before.filter(isOpen).map((payment) => cancelOne(client, payment, request)));
  const now = [...before.filter((payment) => !isOpen(payment)), ...cancelled];
  const charged = now.find(({ status }) => status === 'succeeded');
  const result = charged && toPaymentResult(charged);
  if (result?.status === 'succeeded') return result;
  if (now.some(({ status }) => status === 'processing')) return { status: 'processing' };
  if (now.length === 0 || now.some(isOpen)) return { status: 'unknown' };
  return { status: 'cancelled' };
}

async function cancelOne(client: SandboxClient, { id }: PaymentAnswer, { signal }: PaymentRef): Promise<PaymentAnswer> {
  const reply = await client.send({ method: 'POST', path: `/v1/payments/${encodeURIComponent(id)}/cancel`, signal });
  if (reply.kind === 'refusal') throw new RetryableError({ code: 'processor_error', message: reply.message });
  return believe({ schema: paymentAnswer, body: reply.body, fits: (payment) => payment.id === id });
}
