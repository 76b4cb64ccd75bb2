import { z } from 'zod';

/** Where the sandbox is and how it is spoken to. */
export const processorSandboxOptions = z.strictObject({
  /** 'http://localhost:4780'; a path is dropped. */
  origin: z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin),
  /** Its SANDBOX_SECRET_KEY. */
  secretKey: z.string().min(16),
  /** The secret of the webhook endpoint that posts to this installation. */
  webhookSecret: z.string().min(16),
});
