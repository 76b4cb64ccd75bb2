import { bundledPlugins, bundledRoutes } from '@payonce/bundled';
import { createEncryption, createSecrets, ids, loadConfigFile, systemClock } from '@payonce/engine/adapters';
import { connectTemporal, createPurchaseClient } from '@payonce/engine/client';
import { loadPlugins, pluginHosts } from '@payonce/engine/plugins';
import type { PluginConfig } from '@payonce/engine/ports';
import { connectMongo, createRefundReservations, createStores, indexesReady } from '@payonce/engine/store';
import type { MongoConnection } from '@payonce/engine/store';
import type { Logger } from 'pino';
import type { ApiConfig } from './config.js';
import type { ApiDeps, ApiSettings } from './deps.js';
import { openFiles } from './files/open-files.js';

/** How long POST /refunds waits for the end of a refund. */
const REFUND_WAIT_MS = 2_000;

/** Everything that the API is made of, connected. Temporal may be away: what is stored meanwhile is started later. */
export async function compose({ config, logger }: Composing): Promise<Composed> {
  const mongo = await connectMongo({ uri: config.MONGODB_URI, database: config.MONGODB_DATABASE });
  try {
    return await composeOver({ config, logger, mongo });
  } catch (error) {
    await mongo.close(); // open, it would keep a process alive that refused its configuration
    throw error;
  }
}

interface Composing {
  readonly config: ApiConfig;
  readonly logger: Logger;
}

interface Composed {
  readonly deps: ApiDeps;
  close(): Promise<void>;
}

async function composeOver({
  config,
  logger,
  mongo,
}: Composing & { readonly mongo: MongoConnection }): Promise<Composed> {
  const stores = createStores({ db: mongo.db, encryption: createEncryption({ key: config.PAYONCE_SECRET }) });
  const hostOf = pluginHosts(stores.pluginDocuments);
  const plugins = await loadPlugins({ ...(await pluginConfig(config)), logger, hostOf });
  const temporal = connectTemporal({ address: config.TEMPORAL_ADDRESS, namespace: config.TEMPORAL_NAMESPACE });
  const { sessions, businesses, payments } = stores;
  const deps: ApiDeps = {
    stores,
    plugins,
    ids,
    logger,
    clock: systemClock,
    purchases: createPurchaseClient({
      client: temporal.client,
      taskQueuePrefix: config.TASK_QUEUE_PREFIX,
      sessions,
      businesses,
    }),
    reservations: createRefundReservations({ payments, businesses, clock: systemClock }),
    secrets: createSecrets({ key: config.PAYONCE_SECRET }),
    files: await openFiles(config),
    settings: settingsOf(config),
    readiness: [
      { name: 'mongodb', check: mongo.ping },
      { name: 'indexes', check: () => requireIndexes(mongo) },
      { name: 'temporal', check: temporal.ping },
    ],
  };
  const close = async (): Promise<void> => {
    await Promise.allSettled([temporal.close(), mongo.close()]);
  };
  return { deps, close };
}

async function pluginConfig(config: ApiConfig): Promise<PluginConfig> {
  if (config.PAYONCE_CONFIG !== undefined) return loadConfigFile(config.PAYONCE_CONFIG);
  const { SANDBOX_URL: origin, SANDBOX_SECRET_KEY: secretKey, SANDBOX_WEBHOOK_SECRET: webhookSecret } = config;
  const options = origin && secretKey && webhookSecret ? { sandbox: { origin, secretKey, webhookSecret } } : {};
  return { plugins: bundledPlugins(options), routes: bundledRoutes(options) };
}

async function requireIndexes({ db }: MongoConnection): Promise<void> {
  const missing = await indexesReady({ db });
  if (missing.length > 0) throw new Error(`missing indexes: ${missing.join(', ')}; run payonce setup`);
}

const settingsOf = (config: ApiConfig): ApiSettings => ({
  publicUrl: config.PUBLIC_URL,
  development: config.PAYONCE_ENV === 'development',
  allowLoopbackWebhooks: config.ALLOW_LOOPBACK_WEBHOOKS,
  trustedProxies: config.TRUST_PROXY,
  publicRequestsPerMinute: config.PUBLIC_REQUESTS_PER_MINUTE,
  fileRequestsPerMinute: config.FILE_REQUESTS_PER_MINUTE,
  inboundRequestsPerMinute: config.INBOUND_REQUESTS_PER_MINUTE,
  maxFileBytes: config.MAX_FILE_MB * 1024 * 1024,
  processorOrigins: [
    ...config.PROCESSOR_ORIGINS,
    ...(config.SANDBOX_URL === undefined ? [] : [new URL(config.SANDBOX_URL).origin]),
  ],
  refundWaitMs: REFUND_WAIT_MS,
});
