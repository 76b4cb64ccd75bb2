import { z } from 'zod';
import type { SandboxOptions } from './settings.js';

const secret = z.string().min(16, 'has at least 16 characters');
const flag = z.enum(['0', '1', 'false', 'true']).transform((text) => text === '1' || text === 'true');
const milliseconds = z.coerce.number().int().min(0).max(86_400_000);
const webAddress = z.url({ protocol: /^https?$/ });

/** What the sandbox is told by its environment. Empty variables count as missing. Every field is documented in .env.example, which is generated from this schema. */
export const sandboxEnvironment = z
  .object({
    SANDBOX_PORT: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .default(4780)
      .describe('port of the sandbox; 0 takes a free one'),
    SANDBOX_HOST: z.string().default('127.0.0.1').describe('address that the sandbox listens on'),
    SANDBOX_ORIGIN: webAddress
      .transform((url) => new URL(url).origin)
      .optional()
      .describe('what buyers reach the sandbox by; http://localhost:<port> without it'),
    SANDBOX_SECRET_KEY: secret.describe('our key at the sandbox payment service'),
    SANDBOX_WEBHOOK_URL: webAddress.optional().describe('where the sandbox reports to'),
    SANDBOX_WEBHOOK_SECRET: secret.optional().describe('signs the reports of the sandbox payment service'),
    MONGODB_URI: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, 'starts with mongodb:// or mongodb+srv://')
      .describe('where the records are kept'),
    SANDBOX_DATABASE: z
      .string()
      .regex(/^[\w-]{1,38}$/)
      .default('payonce_sandbox')
      .describe("name of the sandbox's own database"),
    SANDBOX_SETTLE_MS: milliseconds.default(10_000).describe('how long processing payments and pending refunds take'),
    SANDBOX_ANSWER_LOST_MS: milliseconds.default(60_000).describe('how long the webhook of a lost answer is withheld'),
    SANDBOX_IDEMPOTENCY_KEY_LIFE_MS: z.coerce
      .number()
      .int()
      .min(1_000)
      .default(86_400_000)
      .describe('how long the sandbox remembers an idempotency key'),
    SANDBOX_FAULTS: flag.default(false).describe('1 opens /v1/control: faults and settlements on request'),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info')
      .describe('how much is logged'),
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
  const parsed = sandboxEnvironment.safeParse(given);
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

function webhookOf({ SANDBOX_WEBHOOK_URL: url, SANDBOX_WEBHOOK_SECRET: key }: z.infer<typeof sandboxEnvironment>) {
  return url === undefined || key === undefined ? undefined : { url, secret: key };
}
