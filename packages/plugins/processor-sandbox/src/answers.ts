import { DECLINE_CODES, RetryableError, isCurrency } from '@payonce/plugin-sdk';
import type { Currency, DeclineCode } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** What is read of the sandbox's answers: unknown fields are ignored, everything used is checked. */

const id = z.string().min(1).max(255);
const amount = z.int().min(0);
const currency = z.custom<Currency>((value) => typeof value === 'string' && isCurrency(value));
/** A code that we don't know yet is still a decline. */
const declineCode = z
  .string()
  .transform((code): DeclineCode => DECLINE_CODES.find((known) => known === code) ?? 'GENERIC_DECLINE');

const card = z.object({
  last4: z.string().regex(/^\d{4}$/),
  network: z.string().min(1).max(30),
  type: z.enum(['credit', 'debit']),
  issuing_country: z.string().length(2),
});

export const paymentAnswer = z.object({
  id,
  reference: id,
  amount,
  amount_captured: amount,
  currency,
  status: z.enum(['requires_action', 'processing', 'succeeded', 'failed', 'cancelled']),
  decline_code: declineCode.optional(),
  card: card.optional(),
  action: z.object({ type: z.literal('redirect'), url: z.url({ protocol: /^https?$/ }).max(2048) }).optional(),
});

export const refundAnswer = z.object({
  id,
  payment: id,
  reference: id,
  amount,
  currency,
  status: z.enum(['pending', 'succeeded', 'failed']),
  failure_code: z.string().min(1).max(100).optional(),
});

export const paymentList = z.object({ items: z.array(paymentAnswer).max(100) });
export const refundList = z.object({ items: z.array(refundAnswer).max(100) });

export type PaymentAnswer = z.output<typeof paymentAnswer>;
export type RefundAnswer = z.output<typeof refundAnswer>;

/** Believes an answer only when it parses and is about what was asked; else the outcome is unknown. */
export function believe<Answer>({
  schema,
  body,
  fits,
}: {
  schema: z.ZodType<Answer>;
  body: unknown;
  fits: (answer: Answer) => boolean;
}): Answer {
  const parsed = schema.safeParse(body);
  if (parsed.success && fits(parsed.data)) return parsed.data;
  const why = parsed.success
    ? 'is about something else'
    : parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new RetryableError({
    code: 'processor_answer_invalid',
    message: `the answer of the sandbox cannot be believed: ${why}`,
  });
}
