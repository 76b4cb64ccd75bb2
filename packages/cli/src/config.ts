import { z } from 'zod';
import { Explained } from './explained.js';

/** Known to everybody who reads this: good for development alone. */
const DEVELOPMENT_SECRET = '0'.repeat(64);

/** What the command is told by its environment: the same variables as api and worker read, so that one file serves all of them. */
export const cliEnvironment = z.object({
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
  PAYONCE_CONFIG: z
    .string()
    .min(1)
    .optional()
    .describe('path of payonce.config.mjs or .json; the bundled plugins without it'),
  SANDBOX_URL: z.url().optional().describe('origin of the sandbox payment service'),
  SANDBOX_SECRET_KEY: z.string().min(1).optional().describe('our key at the sandbox payment service'),
  SANDBOX_WEBHOOK_SECRET: z.string().min(1).optional().describe('signs the reports of the sandbox payment service'),
  BUSINESS_NAME: z.string().min(1).max(100).default('My shop').describe('setup: name of the first business'),
  BUSINESS_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/, 'is a country code of two capitals, such as DE')
    .optional()
    .describe('setup: where the first business is, for tax'),
});

/** The configuration of the command. */
export type CliConfig = z.output<typeof cliEnvironment>;

/** Reads the environment; empty variables count as missing. Throws with one line per problem. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): CliConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = cliEnvironment.safeParse(given);
  if (!parsed.success) throw new Explained(parsed.error.issues.map((issue) => lineOf(issue, given)).join('\n'));
  if (parsed.data.PAYONCE_ENV === 'production' && parsed.data.PAYONCE_SECRET === DEVELOPMENT_SECRET) {
    throw new Explained(
      'PAYONCE_SECRET: set it to 64 hexadecimal digits of your own (openssl rand -hex 32); the default is for development only',
    );
  }
  return parsed.data;
}

function lineOf({ path, message }: z.core.$ZodIssue, given: Readonly<Record<string, string | undefined>>): string {
  const name = path.join('.');
  return `${name}: ${given[name] === undefined ? 'is missing' : message}`;
}
