import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureIndexes } from '@payonce/engine/store';
import { startSandbox } from '@payonce/sandbox';
import { testDatabase } from '../../setup/mongodb.js';
import { testTemporalAddress } from '../../setup/temporal.js';
import { addSearchAttributes, addShop, freePort } from './whole-ground.js';
import { startProcesses } from './whole-processes.js';

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
  const processes = await startProcesses({ environment, port });
  const key = await addShop(processes.deps.stores, processes.secret);
  const close = async (): Promise<void> => {
    for (const part of [processes, sandbox, own, theirs]) await part.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { url, key, close };
}
