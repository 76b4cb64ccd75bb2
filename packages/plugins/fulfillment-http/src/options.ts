import type { Json, StandardSchema } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { schemaProblem, settingsSchema } from './settings-schema.js';

/** Of the provider, when the configuration names none. */
export const DEFAULT_ID = 'http';

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** How a secret begins whose rest is base64, as everybody who signs webhooks this way writes it. */
const SECRET_PREFIX = 'whsec_';
const SECRET_BYTES = { min: 24, max: 64 } as const;

const secretBytes = (secret: string): Buffer => Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');

const secret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, { message: 'is not whsec_ and base64' })
  .refine((text) => isBetween(secretBytes(text).length, SECRET_BYTES), { message: 'is not of 24 to 64 bytes' })
  .transform(secretBytes);

const isBetween = (value: number, { min, max }: { readonly min: number; readonly max: number }): boolean =>
  value >= min && value <= max;

const settings = z
  .record(z.string(), z.json())
  .default({ type: 'object' })
  .superRefine((schema, context) => {
    const problem = schemaProblem(schema);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });

/** Where the merchant's system is and how it is spoken to. */
export const httpOptions = z
  .strictObject({
    /** https; http too when it is this machine and `allowLoopback` says so. */
    url: z.url({ protocol: /^https?$/ }).max(2048),
    /** Signs every call: `whsec_` and 24 to 64 bytes in base64. */
    secret,
    /** Of the provider, when there are several. */
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
      .default(DEFAULT_ID),
    displayName: z.string().min(1).max(100).default('Your own system'),
    /** How long a call may take; less than what the engine grants, so that its end is told apart from a hang. */
    timeoutMs: z.int().min(100).max(25_000).default(15_000),
    /** What products say for this provider: JSON Schema, draft 2020-12, of type object. Any object when left out. */
    settings,
    allowLoopback: z.boolean().default(false),
  })
  .superRefine(({ url, allowLoopback }, context) => {
    const problem = urlProblem(new URL(url), allowLoopback);
    if (problem !== undefined) context.addIssue({ code: 'custom', path: ['url'], message: problem });
  })
  .transform(({ settings: schema, ...options }) => ({ ...options, schema, parse: settingsSchema(schema) }));

function urlProblem({ protocol, hostname, username, password }: URL, allowLoopback: boolean): string | undefined {
  if (username !== '' || password !== '') return 'has a user or password in it: the signature says who calls';
  if (protocol === 'https:') return undefined;
  if (!LOOPBACK.includes(hostname)) return 'is not https: goods and names of buyers would travel in the clear';
  return allowLoopback ? undefined : 'is http on this machine: say allowLoopback: true if you mean it';
}

/** Options that parsed. */
export interface HttpOptions {
  readonly url: string;
  readonly secret: Buffer;
  readonly id: string;
  readonly displayName: string;
  readonly timeoutMs: number;
  readonly allowLoopback: boolean;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly parse: StandardSchema<Json>;
}
