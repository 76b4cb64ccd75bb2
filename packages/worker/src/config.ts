import { z } from 'zod';

const DEVELOPMENT_SECRET = '0'.repeat(64);

/** What the worker is told by its environment. Every field is documented in .env.example, which is generated from this schema. */
export const workerEnvironment = z.object({
  PAYONCE_ENV: z
    .enum(['development', 'production'])
    .default('production')
    .describe('production refuses default and missing secrets'),
  MONGODB_URI: z.string().min(1).describe('where the records are kept'),
  MONGODB_DATABASE: z.string().min(1).default('payonce').describe('name of the database'),
  TEMPORAL_ADDRESS: z.string().min(1).describe('host and port of the Temporal frontend'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('payonce').describe('namespace of the purchases'),
  TASK_QUEUE_PREFIX: z.string().min(1).default('payonce').describe('begins the names of the task queues'),
  PAYONCE_SECRET: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits: openssl rand -hex 32')
    .default(DEVELOPMENT_SECRET)
    .describe('seals license keys, webhook secrets and links'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/$/, ''))
    .describe('where buyers reach the API'),
  PAYONCE_CONFIG: z
    .string()
    .min(1)
    .optional()
    .describe('path of payonce.config.mjs or .json; the bundled plugins without it'),
  SANDBOX_URL: z.url().optional().describe('origin of the sandbox payment service'),
  SANDBOX_SECRET_KEY: z.string().min(1).optional().describe('our key at the sandbox payment service'),
  SANDBOX_WEBHOOK_SECRET: z.string().min(1).optional().describe('signs the reports of the sandbox payment service'),
  ALLOW_LOOPBACK_WEBHOOKS: z.stringbool().default(false).describe('development only: webhooks may go to this machine'),
  WORKER_MODES: z
    .string()
    .default('test,live')
    .transform((modes) => modes.split(','))
    .pipe(z.array(z.enum(['test', 'live'])).min(1))
    .describe('which modes this process works for'),
  WORKER_HEALTH_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(0)
    .describe('port of /health, /ready and /metrics; 0 for none'),
  OPERATOR_WEBHOOK_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('where operators are told of purchases that need attention'),
  OPERATOR_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'is whsec_ and base64: echo whsec_$(openssl rand -base64 32)')
    .optional()
    .describe('signs what operators are told, as Standard Webhooks says'),
  WEBHOOK_DISPATCHER: z
    .enum(['activity', 'workflow'])
    .default('activity')
    .describe("'workflow' for Temporal servers before 1.31"),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('how much is logged'),
});

/** The worker's configuration. */
export type WorkerConfig = z.infer<typeof workerEnvironment>;

/**
 * Reads the environment; empty variables count as missing. Throws an error with one line per problem; the default
 * secret is refused outside development.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = workerEnvironment.safeParse(given);
  if (!parsed.success) throw new Error(parsed.error.issues.map((issue) => lineOf(issue, given)).join('\n'));
  const config = parsed.data;
  if (config.PAYONCE_ENV === 'production' && config.PAYONCE_SECRET === DEVELOPMENT_SECRET) {
    throw new Error(
      'PAYONCE_SECRET: set it to 64 hexadecimal digits of your own (openssl rand -hex 32); the default is for development only',
    );
  }
  if (config.PAYONCE_ENV === 'production' && config.ALLOW_LOOPBACK_WEBHOOKS) {
    throw new Error('ALLOW_LOOPBACK_WEBHOOKS: is for development only; remove it or set PAYONCE_ENV=development');
  }
  return config;
}

function lineOf({ path, message }: z.core.$ZodIssue, given: Readonly<Record<string, string | undefined>>): string {
  const name = path.join('.');
  return `${name}: ${given[name] === undefined ? 'is missing' : message}`;
}
