import { checkWebhookUrl } from '@payonce/engine/adapters';
import { z } from 'zod';
import { idText, line } from '../../http/fields.js';
import { isEventType } from './event-types.js';

const eventType = z.string().refine(isEventType, { message: 'is not an event type' });
const filterTypes = z.array(eventType).max(100);
/** Headers that deliveries set themselves, and those that HTTP needs. */
const RESERVED =
  /^(?:webhook-.*|host|content-.*|connection|transfer-encoding|te|trailer|upgrade|expect|keep-alive|proxy-.*)$/i;
const headerName = z.string().regex(/^[A-Za-z0-9-]{1,100}$/, { message: 'is not a header name' });
const headers = z
  .record(headerName, z.string().regex(/^[\x20-\x7e]{0,1000}$/, { message: 'is not a header value' }))
  .refine((all) => Object.keys(all).length <= 20 && !Object.keys(all).some((name) => RESERVED.test(name)), {
    message: 'has more than 20 headers, or one that is ours to set',
  });
const metadata = z
  .record(
    z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,40}$/, { message: 'has a key with other characters than A-Z, a-z, 0-9, _ and -' }),
    line(500),
  )
  .refine((pairs) => Object.keys(pairs).length <= 50, {
    message: 'has more than 50 pairs',
    params: { refusal: 'MAXIMUM_KEYS_REACHED' },
  });
const rateLimit = z.int().min(0).max(100_000);

const url = ({ allowLoopbackWebhooks: allowLoopback }: { readonly allowLoopbackWebhooks: boolean }) =>
  z.string().superRefine((text, context) => {
    const problem = checkWebhookUrl({ url: text, allowLoopback });
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });

/** POST /webhooks. */
export const createEndpoint = (settings: { readonly allowLoopbackWebhooks: boolean }) =>
  z.strictObject({
    url: url(settings),
    description: line(500).nullish(),
    disabled: z.boolean().nullish(),
    filter_types: filterTypes.nullish(),
    headers: headers.nullish(),
    metadata: metadata.nullish(),
    rate_limit: rateLimit.nullish(),
    idempotency_key: z.string().max(255).nullish(),
  });

/** PATCH /webhooks/{id}. */
export const patchEndpoint = (settings: { readonly allowLoopbackWebhooks: boolean }) =>
  z.strictObject({
    url: url(settings).nullish(),
    description: line(500).nullish(),
    disabled: z.boolean().nullish(),
    filter_types: filterTypes.nullish(),
    metadata: metadata.nullish(),
    rate_limit: rateLimit.nullish(),
  });

/** PATCH /webhooks/{id}/headers. */
export const patchHeaders = z.strictObject({ headers });

/** GET /webhooks. */
export const listEndpoints = z.strictObject({
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, { message: 'is not a number from 1 to 999' })
    .transform((text) => Math.min(Number(text), 100))
    .default(50),
  iterator: idText.optional(),
});
