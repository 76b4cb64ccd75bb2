import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../config.js';
import type { CliConfig } from '../config.js';
import { Explained } from '../explained.js';
import type { StackSecrets } from './secrets.js';
import type { Service } from './supervisor.js';

/** A variable's value by its name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The backends that a stack runs on. */
export interface Backends {
  readonly temporal: string;
  readonly temporalUi: string | undefined;
  readonly mongodb: string;
}

/** What makes one stack different from another. */
export interface StackPlan {
  readonly backends: Backends;
  readonly ports: { readonly api: number; readonly sandbox: number; readonly worker: number };
  readonly secrets: StackSecrets;
  /** Folder of its files and logs. */
  readonly folder: string;
  readonly namespace: string;
  readonly database: string;
  readonly taskQueuePrefix: string;
  readonly businessName: string;
  /** What is handed on to every process. */
  readonly environment: Environment;
}

/** The stack's addresses, its processes, and its configuration for commands of ours. */
export interface Stack {
  readonly apiUrl: string;
  readonly sandboxUrl: string;
  readonly config: CliConfig;
  /** The same as variables, and what its processes share beside. */
  readonly environment: Environment;
  /** In the order in which they start. */
  readonly services: readonly Service[];
}

/** Long enough to finish what runs; together shorter than what a terminal's Ctrl-C is given. */
const GRACE_MS = 6_000;

/** Plans a stack: sandbox, worker and api, that know each other. */
export function planStack(plan: StackPlan): Stack {
  const { ports, folder, environment } = plan;
  const apiUrl = `http://127.0.0.1:${ports.api}`;
  const sandboxUrl = `http://127.0.0.1:${ports.sandbox}`;
  const own = sharedEnvironment(plan, { apiUrl, sandboxUrl });
  const shared = { ...environment, ...own };
  const service = (name: string, port: number, env: Environment): Service => ({
    name,
    script: scriptOf(name),
    env: { ...shared, ...env },
    log: join(folder, 'logs', `${name}.log`),
    graceMs: GRACE_MS,
    readyUrl: `http://127.0.0.1:${port}/ready`,
  });
  return {
    apiUrl,
    sandboxUrl,
    config: readConfig(shared),
    environment: own,
    services: [
      service('sandbox', ports.sandbox, {
        SANDBOX_PORT: String(ports.sandbox),
        SANDBOX_HOST: '127.0.0.1',
        SANDBOX_ORIGIN: sandboxUrl,
        SANDBOX_WEBHOOK_URL: `${apiUrl}/inbound/processors/sandbox/test`,
        SANDBOX_DATABASE: `${plan.database}_sandbox`,
        SANDBOX_FAULTS: '1',
      }),
      service('worker', ports.worker, { WORKER_HEALTH_PORT: String(ports.worker), WORKER_MODES: 'test' }),
      service('api', ports.api, {
        API_PORT: String(ports.api),
        API_HOST: '127.0.0.1',
        FILES_DIR: join(folder, 'files'),
      }),
    ],
  };
}

const sharedEnvironment = (
  { backends, namespace, database, taskQueuePrefix, businessName, secrets }: StackPlan,
  { apiUrl, sandboxUrl }: { readonly apiUrl: string; readonly sandboxUrl: string },
): Environment => ({
  PAYONCE_ENV: 'development',
  MONGODB_URI: backends.mongodb,
  MONGODB_DATABASE: database,
  TEMPORAL_ADDRESS: backends.temporal,
  TEMPORAL_NAMESPACE: namespace,
  TASK_QUEUE_PREFIX: taskQueuePrefix,
  PAYONCE_SECRET: secrets.payonce,
  PUBLIC_URL: apiUrl,
  SANDBOX_URL: sandboxUrl,
  SANDBOX_SECRET_KEY: secrets.sandboxKey,
  SANDBOX_WEBHOOK_SECRET: secrets.sandboxWebhook,
  BUSINESS_NAME: businessName,
  BUSINESS_COUNTRY: 'DE',
  ALLOW_LOOPBACK_WEBHOOKS: 'true',
});

/** The processes are started from the checkout that this file is in, never imported. */
function scriptOf(name: string): string {
  const path = fileURLToPath(new URL(`../../../${name}/dist/main.js`, import.meta.url));
  if (!existsSync(path)) throw new Explained(`${path} is missing: npm start and npm run demo compile it first.`);
  return path;
}
