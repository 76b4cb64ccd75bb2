import { z } from 'zod';
import { DECLINE_CODES } from '../decline-codes.js';
import type { ClientConfig } from '../processor.js';
import type {
  CancelResult,
  PaymentLookup,
  PaymentResult,
  ProcessorEvent,
  RefundLookup,
  RefundResult,
  WebhookResult,
} from '../processor-results.js';
import { money, text, webUrl } from './common.js';

const reference = text(255);
const card = z.strictObject({
  last4: z.string().regex(/^\d{4}$/),
  network: text(30).exactOptional(),
  type: z.enum(['CREDIT', 'DEBIT']).exactOptional(),
  issuingCountry: z.string().length(2).exactOptional(),
  holderName: text(200).exactOptional(),
});
const action = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('redirect'), url: webUrl }),
  z.strictObject({ type: z.literal('client'), clientSecret: text(500), publishableKey: text(500) }),
]);

const captured = z.strictObject({
  status: z.literal('succeeded'),
  processorRef: reference,
  captured: money,
  card: card.exactOptional(),
  method: text(60).exactOptional(),
});
const authorized = z.strictObject({ status: z.literal('authorized'), processorRef: reference, authorized: money });
const requiresAction = z.strictObject({ status: z.literal('requires_action'), processorRef: reference, action });
const processing = z.strictObject({
  status: z.literal('processing'),
  processorRef: reference,
  instructions: z
    .array(z.strictObject({ label: text(100), value: text(500) }))
    .max(20)
    .exactOptional(),
});
const failed = z.strictObject({
  status: z.literal('failed'),
  processorRef: reference.exactOptional(),
  declineCode: z.enum(DECLINE_CODES),
  message: text(500),
  card: card.exactOptional(),
});
const cancelled = z.strictObject({ status: z.literal('cancelled'), processorRef: reference });
const notFound = z.strictObject({ status: z.literal('not_found') });

/** Checks what `createPayment` and `completePayment` answer. */
export const paymentResult: z.ZodType<PaymentResult> = z.discriminatedUnion('status', [
  captured,
  authorized,
  requiresAction,
  processing,
  failed,
  cancelled,
]);

/** Checks what `retrievePayment` answers. */
export const paymentLookup: z.ZodType<PaymentLookup> = z.union([paymentResult, notFound]);

/** Checks what `cancel` answers. */
export const cancelResult: z.ZodType<CancelResult> = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('cancelled') }),
  captured,
  z.strictObject({ status: z.literal('processing') }),
  z.strictObject({ status: z.literal('unknown') }),
]);

/** Checks what `refund` answers. */
export const refundResult: z.ZodType<RefundResult> = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('succeeded'), processorRef: reference, refunded: money }),
  z.strictObject({ status: z.literal('pending'), processorRef: reference }),
  z.strictObject({
    status: z.literal('failed'),
    processorRef: reference.exactOptional(),
    code: text(100),
    message: text(500),
  }),
]);

/** Checks what `retrieveRefund` answers. */
export const refundLookup: z.ZodType<RefundLookup> = z.union([refundResult, notFound]);

/** An https origin and nothing else: it becomes part of a policy, so no character of a policy's own may be in it. */
const webOrigin = z
  .string()
  .max(255)
  .regex(/^https:\/\/[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/, {
    message: "is no origin: write it like 'https://js.example.com'",
  });
const origins = z.array(webOrigin).max(20);

/** Checks what `clientConfig` answers. */
export const clientConfig: z.ZodType<ClientConfig> = z.strictObject({
  scriptOrigins: origins,
  frameOrigins: origins,
  connectOrigins: origins,
});

/** Checks one thing that a processor reports. */
export const processorEvent: z.ZodType<ProcessorEvent> = z.discriminatedUnion('kind', [
  z.strictObject({ id: reference, kind: z.literal('payment'), reference, result: paymentResult }),
  z.strictObject({ id: reference, kind: z.literal('refund'), reference, result: refundResult }),
  z.strictObject({ id: reference, kind: z.literal('ignored'), type: text(200) }),
]);

/** Checks what `parseWebhook` answers. */
export const webhookResult: z.ZodType<WebhookResult> = z.discriminatedUnion('verified', [
  z.strictObject({ verified: z.literal(true), account: reference, events: z.array(processorEvent).max(100) }),
  z.strictObject({ verified: z.literal(false), reason: text(500) }),
]);
