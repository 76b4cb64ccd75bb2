import { z } from 'zod';

/** Known to everybody who reads this: good for development alone. */
const DEVELOPMENT_SECRET = '0'.repeat(64);

const count = (fallback: number) => z.coerce.number().int().min(0).default(fallback);

/** What the API is told by its environment. Every field is documented in .env.example, which is generated from this schema. */
export const apiEnvironment = z.object({
  PAYONCE_ENV: z
    .enum(['development', 'production'])
    .default('production')
    .describe('production refuses default and missing secrets'),
  API_PORT: z.coerce.number().int().min(0).max(65_535).default(4700).describe('port to listen on; 0 for any free one'),
  API_HOST: z.string().min(1).default('0.0.0.0').describe('address to listen on'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/$/, ''))
    .describe('where callers and buyers reach the API'),
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
  FILES_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('folder of uploaded images and files; every API process needs the same one'),
  FILES_S3_BUCKET: z
    .string()
    .min(1)
    .optional()
    .describe('bucket of uploaded images and files; used instead of the folder'),
  FILES_S3_PREFIX: z.string().default('').describe('begins every key in the bucket'),
  FILES_S3_REGION: z.string().min(1).default('us-east-1').describe('region of the bucket'),
  FILES_S3_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('of a service that speaks like S3; AWS without it'),
  FILES_S3_ACCESS_KEY_ID: z.string().min(1).optional().describe("without it, the machine's own role or profile"),
  FILES_S3_SECRET_ACCESS_KEY: z.string().min(1).optional().describe('belongs to the access key id'),
  MAX_FILE_MB: z.coerce.number().int().min(1).max(5_000).default(500).describe('largest product file'),
  PAYONCE_CONFIG: z
    .string()
    .min(1)
    .optional()
    .describe('path of payonce.config.mjs or .json; the bundled plugins without it'),
  SANDBOX_URL: z.url().optional().describe('origin of the sandbox payment service'),
  SANDBOX_SECRET_KEY: z.string().min(1).optional().describe('our key at the sandbox payment service'),
  SANDBOX_WEBHOOK_SECRET: z.string().min(1).optional().describe('signs the reports of the sandbox payment service'),
  PROCESSOR_ORIGINS: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter((origin) => origin !== ''))
    .pipe(z.array(z.url().transform((url) => new URL(url).origin)))
    .describe("origins of processors' own pages, separated by commas; buyers are redirected there after Pay"),
  ALLOW_LOOPBACK_WEBHOOKS: z.stringbool().default(false).describe('development only: webhooks may go to this machine'),
  TRUST_PROXY: count(0).describe('how many proxies in front of the API say who calls'),
  PUBLIC_REQUESTS_PER_MINUTE: count(120).describe('per address, on routes without a key'),
  FILE_REQUESTS_PER_MINUTE: count(1_200).describe('per address, for images and files'),
  INBOUND_REQUESTS_PER_MINUTE: count(6_000).describe(
    'per address, for the reports of processors and of remote providers',
  ),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('how much is logged'),
});

/** The configuration of the API. */
export type ApiConfig = z.output<typeof apiEnvironment>;

/** Reads the environment; an empty variable counts as none. Throws an error with one line per problem; what is for development only is refused in production. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ApiConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = apiEnvironment.safeParse(given);
  if (!parsed.success) throw new Error(parsed.error.issues.map((issue) => problemOf(issue, given)).join('\n'));
  const problems = [
    ...filesProblems(parsed.data),
    ...(parsed.data.PAYONCE_ENV === 'production' ? productionProblems(parsed.data) : []),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return parsed.data;
}

function problemOf(
  { path, message }: z.core.$ZodIssue,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const name = path.join('.');
  return environment[name] === undefined ? `${name}: is not set` : `${name}: ${message}`;
}

/** Files need a place; a bucket comes before a folder. */
function filesProblems(config: ApiConfig): readonly string[] {
  const { FILES_DIR: folder, FILES_S3_BUCKET: bucket } = config;
  const { FILES_S3_ACCESS_KEY_ID: id, FILES_S3_SECRET_ACCESS_KEY: secret } = config;
  if (folder === undefined && bucket === undefined) return ['FILES_DIR: is not set; set it or FILES_S3_BUCKET'];
  if ((id === undefined) === (secret === undefined)) return [];
  return ['FILES_S3_ACCESS_KEY_ID: set it together with FILES_S3_SECRET_ACCESS_KEY, or neither'];
}

const productionProblems = ({
  PAYONCE_SECRET: secret,
  ALLOW_LOOPBACK_WEBHOOKS: loopback,
  PUBLIC_URL: url,
}: ApiConfig): readonly string[] => [
  ...(secret === DEVELOPMENT_SECRET
    ? [
        'PAYONCE_SECRET: set it to 64 hexadecimal digits of your own (openssl rand -hex 32); the default is for development only',
      ]
    : []),
  ...(loopback ? ['ALLOW_LOOPBACK_WEBHOOKS: is for development only; remove it or set PAYONCE_ENV=development'] : []),
  ...(url.startsWith('https:') ? [] : ['PUBLIC_URL: must begin with https:// outside development']),
];
