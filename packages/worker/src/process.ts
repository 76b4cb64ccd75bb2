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
import { loadPlugins } from '@payonce/engine/plugins';
import type { Logger } from '@payonce/engine/ports';
import { connectMongo, createRefundReservations, createStores, indexesReady } from '@payonce/engine/store';
import { bundledPlugins, bundledRoutes } from '@payonce/bundled';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createAttention } from './attention/attention.js';
import type { WorkerConfig } from './config.js';
import { createWorkers } from './workers.js';

/** A worker process, composed and not yet polling. */
export async function composeWorker({
  config,
  logger,
  bundlePath,
}: {
  config: WorkerConfig;
  logger: Logger;
  bundlePath: string;
}) {
  const mongo = await connectMongo({ uri: config.MONGODB_URI, database: config.MONGODB_DATABASE });
  const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS });
  const temporal = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
  const taskQueuePrefix = config.TASK_QUEUE_PREFIX;
  const stores = createStores({ db: mongo.db, encryption: createEncryption({ key: config.PAYONCE_SECRET }) });
  const client = createPurchaseClient({
    client: temporal,
    taskQueuePrefix,
    sessions: stores.sessions,
    businesses: stores.businesses,
  });
  const dispatcher = (config.WEBHOOK_DISPATCHER === 'activity' ? activityDispatcher : workflowDispatcher)({
    client: temporal,
    taskQueuePrefix,
  });
  const plugins = await loadPlugins({ ...(await pluginConfig(config)), logger });
  const deps = {
    stores,
    plugins,
    ids,
    clock: systemClock,
    logger,
    dispatcher,
    reservations: createRefundReservations({
      payments: stores.payments,
      businesses: stores.businesses,
      clock: systemClock,
    }),
    publicUrl: config.PUBLIC_URL,
  };
  const workers = await createWorkers({
    ...deps,
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueuePrefix,
    modes: config.WORKER_MODES,
    workflowBundle: { codePath: bundlePath },
    signer: webhookSigner,
    sender: createHttpSender({
      allowLoopback: config.ALLOW_LOOPBACK_WEBHOOKS,
      allowHttp: config.ALLOW_LOOPBACK_WEBHOOKS,
    }),
  });
  return {
    workers,
    /** What is missing outside of this process. */
    problems: () => indexesReady({ db: mongo.db }),
    sweeper: () =>
      startSweeper({
        ...deps,
        client,
        routeInbox: routeInbox({ stores, client, clock: systemClock, logger }),
        holder: randomUUID(),
      }),
    attention: createAttention({
      ...deps,
      client: temporal,
      modes: config.WORKER_MODES,
      db: mongo.db,
      leases: stores.leases,
      signer: webhookSigner,
      holder: randomUUID(),
    }),
    async close() {
      await connection.close();
      await mongo.close();
    },
  };
}

async function pluginConfig(config: WorkerConfig) {
  if (config.PAYONCE_CONFIG !== undefined) return loadConfigFile(config.PAYONCE_CONFIG);
  const { SANDBOX_URL: origin, SANDBOX_SECRET_KEY: secretKey, SANDBOX_WEBHOOK_SECRET: webhookSecret } = config;
  const options = origin && secretKey && webhookSecret ? { sandbox: { origin, secretKey, webhookSecret } } : {};
  return { plugins: bundledPlugins(options), routes: bundledRoutes(options) };
}
