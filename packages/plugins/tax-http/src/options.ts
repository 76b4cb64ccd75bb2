import { z } from 'zod';

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** How a secret begins whose rest is base64, as everybody who signs webhooks this way writes it. */
const SECRET_PREFIX = 'whsec_';
const SECRET_BYTES = { min: 24, max: 64 } as const;

const secretBytes = (secret: string): Buffer => Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');

const isBetween = (value: number, { min, max }: { readonly min: number; readonly max: number }): boolean =>
  value >= min && value <= max;

const secret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, { message: 'is not whsec_ and base64' })
  .refine((text) => isBetween(secretBytes(text).length, SECRET_BYTES), { message: 'is not of 24 to 64 bytes' })
  .transform(secretBytes);

const address = z.url({ protocol: /^https?$/ }).max(2048);

/** Where the merchant's calculator is and how it is spoken to. */
export const httpTaxOptions = z
  .strictObject({
    /** Asked for rates. https; http too when it is this machine and `allowLoopback` says so. */
    url: address,
    /** Signs every call: `whsec_` and 24 to 64 bytes in base64. */
    secret,
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
      const given = options[path];
      const message = given === undefined ? undefined : urlProblem(new URL(given), allowLoopback);
      if (message !== undefined) context.addIssue({ code: 'custom', path: [path], message });
    }
    if (options.voidUrl !== undefined && options.commitUrl === undefined)
      context.addIssue({ code: 'custom', path: ['voidUrl'], message: 'needs commitUrl: nothing is on record to void' });
  });

function urlProblem({ protocol, hostname, username, password }: URL, allowLoopback: boolean): string | undefined {
  if (username !== '' || password !== '') return 'has a user or password in it: the signature says who calls';
  if (protocol === 'https:') return undefined;
  if (!LOOPBACK.includes(hostname)) return 'is not https: tax ids of buyers would travel in the clear';
  return allowLoopback ? undefined : 'is http on this machine: say allowLoopback: true if you mean it';
}

/** Options that parsed. */
export type HttpTaxOptions = z.output<typeof httpTaxOptions>;
