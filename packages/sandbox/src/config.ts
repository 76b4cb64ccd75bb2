import { z } from 'zod';
import type { SandboxOptions } from './settings.js';

const secret = z.string().min(16, 'has at least 16 characters');
const flag = z.enum(['0', '1', 'false', 'true']).transform((text) => text === '1' || text === 'true');
const milliseconds = z.coerce.number().int().min(0).max(86_400_000);
const webAddress = z.url({ protocol: /^https?$/ });

/** The environment of the process. Empty variables count as missing. */
export const environment = z
  .object({
    SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(4780),
    SANDBOX_HOST: z.string().default('127.0.0.1'),
    SANDBOX_ORIGIN: webAddress.transform((url) => new URL(url).origin).optional(),
    SANDBOX_SECRET_KEY: secret,
    SANDBOX_WEBHOOK_URL: webAddress.optional(),
    SANDBOX_WEBHOOK_SECRET: secret.optional(),
    MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'starts with mongodb:// or mongodb+srv://'),
    SANDBOX_DATABASE: z
      .string()
      .regex(/^[\w-]{1,38}$/)
      .default('payonce_sandbox'),
    SANDBOX_SETTLE_MS: milliseconds.default(10_000),
    SANDBOX_ANSWER_LOST_MS: milliseconds.default(60_000),
    SANDBOX_IDEMPOTENCY_KEY_LIFE_MS: z.coerce.number().int().min(1_000).default(86_400_000),
    SANDBOX_FAULTS: flag.default(false),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .refine(({ SANDBOX_WEBHOOK_URL: url, SANDBOX_WEBHOOK_SECRET: key }) => (url === undefined) === (key === undefined), {
    path: ['SANDBOX_WEBHOOK_SECRET'],
    message: 'is set together with SANDBOX_WEBHOOK_URL',
  });

export interface Config {
  readonly options: SandboxOptions;
  readonly logLevel: string;
}

/** Reads the configuration. Throws one readable line that names every variable to change. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, code, message }) => {
      const name = path.join('.');
      return `${name}: ${code === 'invalid_type' && given[name] === undefined ? 'is missing' : message}`;
    });
    throw new Error(`configuration: ${problems.join('; ')}`);
  }
  const env = parsed.data;
  const webhook = webhookOf(env);
  return {
    logLevel: env.LOG_LEVEL,
    options: {
      mongodbUri: env.MONGODB_URI,
      database: env.SANDBOX_DATABASE,
      secretKey: env.SANDBOX_SECRET_KEY,
      port: env.SANDBOX_PORT,
      host: env.SANDBOX_HOST,
      ...(env.SANDBOX_ORIGIN !== undefined && { origin: env.SANDBOX_ORIGIN }),
      ...(webhook && { webhook }),
      faults: env.SANDBOX_FAULTS,
      settleAfterMs: env.SANDBOX_SETTLE_MS,
      answerLostMs: env.SANDBOX_ANSWER_LOST_MS,
      idempotencyKeyLifeMs: env.SANDBOX_IDEMPOTENCY_KEY_LIFE_MS,
    },
  };
}

function webhookOf({ SANDBOX_WEBHOOK_URL: url, SANDBOX_WEBHOOK_SECRET: key }: z.infer<typeof environment>) {
  return url === undefined || key === undefined ? undefined : { url, secret: key };
}
