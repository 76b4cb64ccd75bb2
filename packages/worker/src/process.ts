import { randomUUID } from 'node:crypto';
import {
  createEncryption,
  createHttpSender,
  ids,
  loadConfigFile,
  systemClock,
  webhookSigner,
} from '@payonce/engine/adapters';
import {
  activityDispatcher,
  createPurchaseClient,
  routeInbox,
  startSweeper,
  workflowDispatcher,
} from '@payonce/engine/client';
import { loadPlugins, pluginHosts } from '@payonce/engine/plugins';
import type { Logger } from '@payonce/engine/ports';
import { connectMongo, createRefundReservations, createStores, indexesReady } from '@payonce/engine/store';
import type { MongoConnection } from '@payonce/engine/store';
import { bundledPlugins, bundledRoutes } from '@payonce/bundled';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createAttention } from './attention/attention.js';
import type { WorkerConfig } from './config.js';
import { createWorkers } from './workers.js';

interface Composing {
  readonly config: WorkerConfig;
  readonly logger: Logger;
}

/** A worker process, composed and not yet polling. */
export async function composeWorker({ config, logger, bundlePath }: Composing & { readonly bundlePath: string }) {
  const mongo = await connectMongo({ uri: config.MONGODB_URI, database: config.MONGODB_DATABASE });
  const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS });
  const temporal = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
  const { deps, client } = await composeDeps({ config, logger, mongo, temporal });
  const workers = await createWorkers({
    ...deps,
    ...delivering(config),
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueuePrefix: config.TASK_QUEUE_PREFIX,
    modes: config.WORKER_MODES,
    workflowBundle: { codePath: bundlePath },
  });
  const holder = randomUUID();
  const { stores } = deps;
  return {
    workers,
    /** What is missing outside of this process. */
    problems: () => indexesReady({ db: mongo.db }),
    sweeper: () =>
      startSweeper({ ...deps, client, routeInbox: routeInbox({ stores, client, clock: systemClock, logger }), holder }),
    attention: createAttention({
      ...deps,
      client: temporal,
      modes: config.WORKER_MODES,
      db: mongo.db,
      leases: stores.leases,
      signer: webhookSigner,
      holder,
    }),
    async close() {
      await connection.close();
      await mongo.close();
    },
  };
}

/** What activities and sweepers are made of. */
async function composeDeps({
  config,
  logger,
  mongo,
  temporal,
}: Composing & { mongo: MongoConnection; temporal: Client }) {
  const taskQueuePrefix = config.TASK_QUEUE_PREFIX;
  const stores = createStores({
    db: mongo.db,
    encryption: createEncryption({ key: config.PAYONCE_SECRET }),
    onCorrupt: (error) => logger.error({ error: error.message }, 'a document cannot be read: repair or restore it'),
  });
  const { payments, businesses, sessions } = stores;
  const dispatchers = { activity: activityDispatcher, workflow: workflowDispatcher };
  return {
    client: createPurchaseClient({ client: temporal, taskQueuePrefix, sessions, businesses }),
    deps: {
      stores,
      plugins: await loadPlugins({
        ...(await pluginConfig(config)),
        logger,
        hostOf: pluginHosts(stores.pluginDocuments),
      }),
      ids,
      clock: systemClock,
      logger,
      dispatcher: dispatchers[config.WEBHOOK_DISPATCHER]({ client: temporal, taskQueuePrefix }),
      reservations: createRefundReservations({ payments, businesses, clock: systemClock }),
      publicUrl: config.PUBLIC_URL,
    },
  };
}

/** Events go to addresses that strangers chose: to this machine only where development allows it. */
const delivering = ({ ALLOW_LOOPBACK_WEBHOOKS: allowed }: WorkerConfig) => ({
  signer: webhookSigner,
  sender: createHttpSender({ allowLoopback: allowed, allowHttp: allowed }),
});

async function pluginConfig(config: WorkerConfig) {
  if (config.PAYONCE_CONFIG !== undefined) return loadConfigFile(config.PAYONCE_CONFIG);
  const { SANDBOX_URL: origin, SANDBOX_SECRET_KEY: secretKey, SANDBOX_WEBHOOK_SECRET: webhookSecret } = config;
  const options = origin && secretKey && webhookSecret ? { sandbox: { origin, secretKey, webhookSecret } } : {};
  return { plugins: bundledPlugins(options), routes: bundledRoutes(options) };
}
