import { createApp, createLogger, readConfig as readApiConfig } from '@payonce/api';
import type { ApiDeps } from '@payonce/api';
import { startSandbox } from '@payonce/sandbox';
import { Client, Connection } from '@temporalio/client';
import type { Db } from 'mongodb';
import { compose } from '../../packages/api/src/compose.js';
import { readConfig as readCliConfig } from '../../packages/cli/src/config.js';
import { setUp } from '../../packages/cli/src/setup/set-up.js';
import { testEnvironment } from './environment.js';
import type { Environment } from './environment.js';
import { lateServer } from './late-server.js';
import { runWorker } from './run-worker.js';

/** Sandbox, worker with its sweeper, and API, composed as their processes compose them, in one process. */
export interface WholeSystem {
  /** Where the API and the hosted pages are. */
  readonly url: string;
  readonly sandboxUrl: string;
  /** Opens the sandbox's own books. */
  readonly sandboxKey: string;
  /** The first business's key in test mode. */
  readonly key: string;
  readonly stores: ApiDeps['stores'];
  readonly database: Db;
  readonly temporal: Client;
  close(): Promise<void>;
}

/** What makes one system different from another. */
export interface WantedSystem {
  readonly label: string;
  /** What buyers see as the seller. */
  readonly businessName?: string;
  /** Writes a configuration of plugins, and answers where it is; left out, the bundled ones run. */
  readonly configured?: (environment: Environment & { readonly SANDBOX_URL: string }) => Promise<string>;
  /** Variables of the environment beside those that every system here has. */
  readonly variables?: { readonly PROCESSOR_ORIGINS: string };
}

/** Starts everything on the backends of this test run, with databases and task queues of its own, set up by the code of `payonce setup`. */
export async function startWholeSystem(wanted: WantedSystem): Promise<WholeSystem> {
  const started: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of started.splice(0).toReversed()) await stop();
  };
  try {
    return { ...(await start({ ...wanted, started })), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const logger = createLogger({ level: 'silent' });

interface Starting extends WantedSystem {
  /** What stops each part that runs, in the order in which they were started. */
  readonly started: (() => Promise<unknown>)[];
}

async function start({ started, configured, variables, ...wanted }: Starting): Promise<Omit<WholeSystem, 'close'>> {
  const server = await lateServer();
  started.push(server.close);
  const { environment: told, db, remove } = await testEnvironment({ ...wanted, url: server.url });
  started.push(remove);
  const sandbox = await runSandbox(told);
  started.push(sandbox.close);
  const known = { ...told, ...variables, SANDBOX_URL: sandbox.origin };
  const environment = configured === undefined ? known : { ...known, PAYONCE_CONFIG: await configured(known) };
  const { key } = await setUp({ config: readCliConfig(environment), wish: { kind: 'first' } });
  started.push(await runWorker({ environment, logger }));
  const api = await compose({ config: readApiConfig(environment), logger });
  started.push(api.close);
  server.open(createApp(api.deps));
  const connection = await Connection.connect({ address: environment.TEMPORAL_ADDRESS });
  started.push(() => connection.close());
  return {
    url: server.url,
    sandboxUrl: sandbox.origin,
    sandboxKey: environment.SANDBOX_SECRET_KEY,
    key: key?.key ?? '',
    stores: api.deps.stores,
    database: db,
    temporal: new Client({ connection, namespace: environment.TEMPORAL_NAMESPACE }),
  };
}

const runSandbox = (environment: Environment) =>
  startSandbox({
    mongodbUri: environment.MONGODB_URI,
    database: environment.SANDBOX_DATABASE,
    secretKey: environment.SANDBOX_SECRET_KEY,
    webhook: {
      url: `${environment.PUBLIC_URL}/inbound/processors/sandbox/test`,
      secret: environment.SANDBOX_WEBHOOK_SECRET,
    },
    settleAfterMs: 300,
  });
