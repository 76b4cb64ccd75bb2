import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, createLogger } from '@payonce/api';
import { createSecrets, newApiKey, systemClock } from '@payonce/engine/adapters';
import { SEARCH_ATTRIBUTES } from '@payonce/engine/messages';
import type { Stores } from '@payonce/engine/ports';
import { ensureIndexes } from '@payonce/engine/store';
import { startSandbox } from '@payonce/sandbox';
import { Connection } from '@temporalio/client';
import { compose } from '../../../packages/api/src/compose.js';
import { readConfig } from '../../../packages/api/src/config.js';
import { serve } from '../../../packages/api/src/serve.js';
import { readConfig as readWorkerConfig } from '../../../packages/worker/src/config.js';
import { composeWorker } from '../../../packages/worker/src/process.js';
import { testDatabase } from '../../setup/mongodb.js';
import { testTemporalAddress } from '../../setup/temporal.js';
import { testWorkflowBundle } from '../../setup/workflow-bundle.js';

/** API, worker and sandbox as their processes compose them, on real servers, in this process. */
export interface WholeSystem {
  readonly url: string;
  /** A merchant's test key. */
  readonly key: string;
  close(): Promise<void>;
}

const SANDBOX = { secretKey: 'sandbox-secret-key-1', webhookSecret: 'sandbox-webhook-secret-1' };

export async function startWholeSystem(label: string): Promise<WholeSystem> {
  const [own, theirs] = [await testDatabase(label), await testDatabase(`${label} sandbox`)];
  const folder = await mkdtemp(join(tmpdir(), 'payonce-whole-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox({
    mongodbUri: theirs.uri,
    database: theirs.name,
    secretKey: SANDBOX.secretKey,
    webhook: { url: `${url}/inbound/processors/sandbox/test`, secret: SANDBOX.webhookSecret },
  });
  const environment = {
    PAYONCE_ENV: 'development',
    PUBLIC_URL: url,
    MONGODB_URI: own.uri,
    MONGODB_DATABASE: own.name,
    TEMPORAL_ADDRESS: testTemporalAddress(),
    TEMPORAL_NAMESPACE: 'default',
    TASK_QUEUE_PREFIX: own.name,
    FILES_DIR: folder,
    SANDBOX_URL: sandbox.origin,
    SANDBOX_SECRET_KEY: SANDBOX.secretKey,
    SANDBOX_WEBHOOK_SECRET: SANDBOX.webhookSecret,
    WORKER_MODES: 'test',
  };
  await ensureIndexes({ db: own.database });
  await addSearchAttributes();
  const logger = createLogger({ level: 'silent' });
  const config = readConfig(environment);
  const api = await compose({ config, logger });
  const worker = await composeWorker({
    config: readWorkerConfig(environment),
    logger,
    bundlePath: testWorkflowBundle().codePath,
  });
  const running = worker.workers.map((each) => each.run());
  const listening = await serve({ app: createApp(api.deps), port, host: '127.0.0.1' });
  const key = await addShop(api.deps.stores, config.PAYONCE_SECRET);
  const close = async (): Promise<void> => {
    await listening.close();
    for (const each of worker.workers) each.shutdown();
    await Promise.all(running);
    for (const part of [worker, api, sandbox, own, theirs]) await part.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { url, key, close };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function addSearchAttributes(): Promise<void> {
  const connection = await Connection.connect({ address: testTemporalAddress() });
  const numbers = { TEXT: 1, KEYWORD: 2, INT: 3, DOUBLE: 4, BOOL: 5, DATETIME: 6, KEYWORD_LIST: 7 } as const;
  const searchAttributes = Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name, type }) => [name, numbers[type]]));
  await connection.operatorService
    .addSearchAttributes({ namespace: 'default', searchAttributes })
    .catch((error: unknown) => {
      if (!String(error).includes('exist')) throw error;
    });
  await connection.close();
}

async function addShop({ businesses }: Stores, secret: string): Promise<string> {
  const key = newApiKey({ mode: 'test' });
  const createdAt = systemClock.now();
  const business = 'bus_whole';
  await businesses.ensure({
    id: business,
    name: 'Shop',
    brand: 'brnd_whole',
    country: 'DE',
    refundWindowDays: 30,
    createdAt,
  });
  const hash = createSecrets({ key: secret }).hash(key);
  const last4 = key.slice(-4);
  await businesses.addKey({ business, mode: 'test', hash, last4, name: 'first', createdAt, revokedAt: null });
  return key;
}
