import { createApp, createLogger } from '@payonce/api';
import type { ApiDeps } from '@payonce/api';
import { compose } from '../../../packages/api/src/compose.js';
import { readConfig } from '../../../packages/api/src/config.js';
import { serve } from '../../../packages/api/src/serve.js';
import { readConfig as readWorkerConfig } from '../../../packages/worker/src/config.js';
import { composeWorker } from '../../../packages/worker/src/process.js';
import { testWorkflowBundle } from '../../setup/workflow-bundle.js';

/** API and worker of one environment, as their own main programs compose them. */
export interface WholeProcesses {
  readonly deps: ApiDeps;
  /** The root secret that they share. */
  readonly secret: string;
  close(): Promise<void>;
}

export async function startProcesses({
  environment,
  port,
}: {
  readonly environment: Readonly<Record<string, string>>;
  readonly port: number;
}): Promise<WholeProcesses> {
  const logger = createLogger({ level: 'silent' });
  const config = readConfig(environment);
  const api = await compose({ config, logger });
  const bundlePath = testWorkflowBundle().codePath;
  const worker = await composeWorker({ config: readWorkerConfig(environment), logger, bundlePath });
  const running = worker.workers.map((each) => each.run());
  const listening = await serve({ app: createApp(api.deps), port, host: '127.0.0.1' });
  const close = async (): Promise<void> => {
    await listening.close();
    for (const each of worker.workers) each.shutdown();
    await Promise.all(running);
    await worker.close();
    await api.close();
  };
  return { deps: api.deps, secret: config.PAYONCE_SECRET, close };
}
