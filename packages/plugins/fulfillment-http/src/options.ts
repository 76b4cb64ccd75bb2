import { secretProblem, urlProblem } from '@payonce/plugin-sdk/http';
import { describedSettings } from '@payonce/plugin-sdk/json-schema';
import { z } from 'zod';

/** Of the provider, when the configuration names none. */
export const DEFAULT_ID = 'http';

/** Where the merchant's system is and how it is spoken to. */
export const httpOptions = z
  .strictObject({
    /** https; http too when it is this machine and `allowLoopback` says so. */
    url: z.url({ protocol: /^https?$/ }).max(2048),
    /** Signs every call: `whsec_` and 24 to 64 bytes in base64. */
    secret: z.string().refine((text) => secretProblem(text) === undefined, {
      error: ({ input }) => secretProblem(String(input)),
    }),
    /** Of the provider, when there are several. */
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
      .default(DEFAULT_ID),
    displayName: z.string().min(1).max(100).default('Your own system'),
    /** How long a call may take; less than what the engine grants, so that its end is told apart from a hang. */
    timeoutMs: z.int().min(100).max(25_000).default(15_000),
    /** What products say for this provider: JSON Schema, draft 2020-12, of type object. Any object when left out. */
    settings: describedSettings,
    allowLoopback: z.boolean().default(false),
  })
  .superRefine(({ url, allowLoopback }, context) => {
    const message = urlProblem({ url, allowLoopback, carries: 'goods and names of buyers' });
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['url'], message });
  });

/** Options that parsed. */
export type HttpOptions = z.output<typeof httpOptions>;
