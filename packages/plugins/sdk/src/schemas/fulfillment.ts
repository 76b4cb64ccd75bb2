import { z } from 'zod';
import type { Delivered, Pending } from '../delivered.js';
import type { PublishedKey, ReserveResult } from '../fulfillment.js';
import { text, webUrl } from './common.js';

const license = z.strictObject({
  kind: z.literal('license_key'),
  key: text(500),
  activationsLimit: z.int().min(0).nullable(),
  expiresAt: z.iso.datetime().nullable(),
  activationMessage: text(2000).exactOptional(),
});

const files = z.strictObject({
  kind: z.literal('files'),
  files: z.array(z.strictObject({ file: text(100), filename: text(255) })).max(100),
  maxDownloads: z.int().min(1).max(1000).exactOptional(),
  accessUntil: z.iso.datetime().exactOptional(),
  externalUrl: webUrl.exactOptional(),
  instructions: text(5000).exactOptional(),
});

const content = z.strictObject({
  kind: z.literal('content'),
  items: z
    .array(
      z.strictObject({
        label: text(200),
        value: text(5000),
        url: webUrl.exactOptional(),
        qr: z.boolean().exactOptional(),
      }),
    )
    .max(50),
});

const handedOver = z.strictObject({
  outcome: z.literal('delivered'),
  content: z.discriminatedUnion('kind', [license, files, content]),
});

/** Checks what was handed over. */
export const delivered: z.ZodType<Delivered> = handedOver;

/** Checks what `fulfill` answers. */
export const deliveredOrPending: z.ZodType<Delivered | Pending> = z.discriminatedUnion('outcome', [
  handedOver,
  z.strictObject({ outcome: z.literal('pending'), awaiting: text(500) }),
]);

/** Checks what `reserve` answers. */
export const reserveResult: z.ZodType<ReserveResult> = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('reserved') }),
  z.strictObject({ outcome: z.literal('sold_out'), reason: text(500) }),
]);

/** Checks what `publishedKeys` answers. Strict, so that the private part of a key is never published by mistake. */
export const publishedKeys: z.ZodType<readonly PublishedKey[]> = z
  .array(
    z.strictObject({
      kty: text(20),
      kid: text(200),
      use: text(20).exactOptional(),
      alg: text(20).exactOptional(),
      crv: text(20).exactOptional(),
      x: text(2000).exactOptional(),
    }),
  )
  .max(100);
