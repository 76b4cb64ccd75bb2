import { z } from 'zod';

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '::1', '[::1]'];

const account = (mode: 'test' | 'live') =>
  z.strictObject({
    /** Secret or restricted key of this mode. */
    secretKey: z
      .string()
      .regex(new RegExp(`^[sr]k_${mode}_\\w{8,}$`), `must be a key of this mode: sk_${mode}_… or rk_${mode}_…`),
    /** Signing secrets of the webhook endpoint: two while one is rolled. */
    webhookSecrets: z
      .array(z.string().regex(/^whsec_\w{8,}$/, 'must be like whsec_…'))
      .min(1)
      .max(10),
  });

/** How Stripe is spoken to. */
export const processorStripeOptions = z
  .strictObject({
    test: account('test').optional(),
    live: account('live').optional(),
    /** Offered on the page, as Stripe names them: ['card']. Without, what the account's settings say. */
    paymentMethodTypes: z
      .array(z.string().regex(/^[a-z][a-z_0-9]{1,39}$/))
      .min(1)
      .max(30)
      .optional(),
    /** 'manual' only authorizes, and captures in a second step. */
    captureMethod: z.enum(['automatic', 'manual']).default('automatic'),
    /** Where the API is, for tests. */
    api: z
      .strictObject({
        protocol: z.enum(['http', 'https']),
        host: z.string().min(1).max(253),
        port: z.int().min(1).max(65_535),
      })
      .default({ protocol: 'https', host: 'api.stripe.com', port: 443 }),
  })
  .refine(
    ({ test, live }) => test !== undefined || live !== undefined,
    'name the keys of at least one mode: test, live',
  )
  .refine(
    ({ live, api: { protocol, host } }) => protocol === 'https' || (live === undefined && LOOPBACK.includes(host)),
    {
      path: ['api', 'protocol'],
      message: 'is not https: secret keys would travel in the clear. http is for test keys and this machine alone',
    },
  );

/** Options, parsed. */
export type StripeOptions = z.output<typeof processorStripeOptions>;
