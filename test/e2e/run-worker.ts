import type { Logger } from '@payonce/engine/ports';
import { readConfig } from '../../packages/worker/src/config.js';
import { composeWorker } from '../../packages/worker/src/process.js';
import { testWorkflowBundle } from '../setup/workflow-bundle.js';
import '../support/quiet-runtime.js';

/** Runs workers and sweeper as their process does; answers what stops them. */
export async function runWorker({
  environment,
  logger,
}: {
  readonly environment: Readonly<Record<string, string>>;
  readonly logger: Logger;
}): Promise<() => Promise<void>> {
  const { codePath } = testWorkflowBundle();
  const worker = await composeWorker({ config: readConfig(environment), logger, bundlePath: codePath });
  const running = Promise.all(worker.workers.map((each) => each.run()));
  const sweeper = worker.sweeper();
  return async () => {
    await sweeper.stop();
    for (const each of worker.workers) each.shutdown();
    await running;
    await worker.close();
  };
}
