import { secretProblem, urlProblem } from '@payonce/plugin-sdk/http';
import { z } from 'zod';

const address = z.url({ protocol: /^https?$/ }).max(2048);

/** Where the merchant's calculator is and how it is spoken to. */
export const httpTaxOptions = z
  .strictObject({
    /** Asked for rates. https; http too when it is this machine and `allowLoopback` says so. */
    url: address,
    /** Signs every call: `whsec_` and 24 to 64 bytes in base64. */
    secret: z.string().refine((text) => secretProblem(text) === undefined, {
      error: ({ input }) => secretProblem(String(input)),
    }),
    /** Of the calculator, as routes name it. */
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
      .default('tax-http'),
    /** How long a call may take; less than what the engine grants, so that its end is told apart from a hang. */
    timeoutMs: z.int().min(100).max(9_000).default(5_000),
    /** Told of every payment whose money moved, for calculators that keep a tax of record. */
    commitUrl: address.exactOptional(),
    /** Told when a payment that was committed went back in full. */
    voidUrl: address.exactOptional(),
    allowLoopback: z.boolean().default(false),
  })
  .superRefine(({ allowLoopback, ...options }, context) => {
    for (const path of ['url', 'commitUrl', 'voidUrl'] as const) {
      const url = options[path];
      const message = url && urlProblem({ url, allowLoopback, carries: 'tax ids of buyers' });
      if (message !== undefined) context.addIssue({ code: 'custom', path: [path], message });
    }
    if (options.voidUrl !== undefined && options.commitUrl === undefined)
      context.addIssue({ code: 'custom', path: ['voidUrl'], message: 'needs commitUrl: nothing is on record to void' });
  });

/** Options that parsed. */
export type HttpTaxOptions = z.output<typeof httpTaxOptions>;
