import { Runtime } from '@temporalio/worker';
import { bundlePath } from './bundle-path.js';
import { readConfig } from './config.js';
import { healthServer } from './health.js';
import { createLogger, temporalLogger } from './logging.js';
import { composeWorker } from './process.js';

try {
  const config = readConfig(process.env);
  const logger = createLogger(config.LOG_LEVEL);
  // SIGINT and SIGTERM are the runtime's: workers drain what they do, then their run ends.
  Runtime.install({ logger: temporalLogger(logger) });
  const composed = await composeWorker({ config, logger, bundlePath });
  const sweeper = composed.sweeper();
  const watch = composed.attention.watch({
    url: config.OPERATOR_WEBHOOK_URL,
    secret: config.OPERATOR_WEBHOOK_SECRET,
  });
  const health = healthServer({ ...composed, metrics: composed.attention.metrics });
  if (config.WORKER_HEALTH_PORT > 0) health.listen(config.WORKER_HEALTH_PORT);
  logger.info({ modes: config.WORKER_MODES }, 'worker ready');
  await Promise.all(composed.workers.map((worker) => worker.run()));
  health.close();
  await Promise.all([sweeper.stop(), watch?.stop()]);
  await composed.close();
} catch (error) {
  process.stderr.write(`payonce worker: ${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 1;
}
