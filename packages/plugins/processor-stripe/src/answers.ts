import { RetryableError } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** What is read of Stripe's objects, in answers and events: unknown fields are ignored, everything used is checked. */

const id = z.string().min(1).max(255);
const amount = z.int().min(0);
const currency = z.string().length(3);
const ourUse = z.object({ payonce_reference: z.string().optional(), payonce_flow: z.string().optional() }).default({});

const card = z.object({
  brand: z.string().min(1).max(30).nullish(),
  last4: z.string().regex(/^\d{4}$/),
  funding: z.string().nullish(),
  country: z.string().length(2).nullish(),
});

const chargeAnswer = z.object({
  payment_method_details: z
    .object({ type: z.string().min(1).max(60), card: card.nullish().catch(undefined) })
    .nullish(),
});

const failure = z.object({ code: z.string().nullish(), decline_code: z.string().nullish() });

export const intentAnswer = z.object({
  id: id.startsWith('pi_'),
  object: z.literal('payment_intent'),
  amount,
  amount_capturable: amount.default(0),
  amount_received: amount.default(0),
  currency,
  metadata: ourUse,
  status: z.enum([
    'requires_payment_method',
    'requires_confirmation',
    'requires_action',
    'processing',
    'requires_capture',
    'canceled',
    'succeeded',
  ]),
  last_payment_error: failure.nullish(),
  latest_charge: z.union([id, chargeAnswer]).nullish(),
  next_action: z
    .object({ redirect_to_url: z.object({ url: z.url({ protocol: /^https?$/ }).max(2048) }).nullish() })
    .nullish(),
});

export const sessionAnswer = z.object({
  id: id.startsWith('cs_'),
  object: z.literal('checkout.session'),
  amount_total: amount.nullish(),
  client_reference_id: z.string().nullish(),
  currency: currency.nullish(),
  payment_intent: z.union([id, intentAnswer]).nullish(),
  metadata: ourUse,
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  status: z.enum(['open', 'complete', 'expired']).nullish(),
  url: z.url({ protocol: /^https?$/ }).nullish(),
});

/** A charge by itself, as events bring it. Stripe gives it the metadata of its payment. */
export const chargeEvent = chargeAnswer.extend({
  object: z.literal('charge'),
  amount_captured: amount,
  captured: z.boolean(),
  currency,
  metadata: ourUse,
  payment_intent: id.nullish(),
});

export const refundAnswer = z.object({
  id: id.regex(/^(?:re|pyr)_\w/),
  object: z.literal('refund'),
  amount,
  currency,
  failure_reason: z.string().min(1).max(100).nullish(),
  metadata: ourUse,
  payment_intent: id.nullish(),
  status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']).nullish(),
});

export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item).max(100), has_more: z.boolean() });

/** An object with an id, whatever else it is: in lists of an account that sells by other ways too. */
export const strange = z.object({ id });

export type Intent = z.output<typeof intentAnswer>;
export type Session = z.output<typeof sessionAnswer>;
export type Charge = z.output<typeof chargeEvent>;
export type StripeRefund = z.output<typeof refundAnswer>;

/** Believes an answer only when it parses and is about what was asked; else the outcome is unknown. */
export function believe<Answer>({
  schema,
  body,
  fits = () => true,
}: {
  schema: z.ZodType<Answer>;
  body: unknown;
  fits?: (answer: Answer) => boolean;
}): Answer {
  const parsed = schema.safeParse(body);
  if (parsed.success && fits(parsed.data)) return parsed.data;
  const why = parsed.success
    ? 'is about something else'
    : parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new RetryableError({
    code: 'processor_answer_invalid',
    message: `the answer of Stripe cannot be believed: ${why}`,
  });
}
