import { once } from 'node:events';
import { createApp } from './app.js';
import { compose } from './compose.js';
import { readConfig } from './config.js';
import { createLogger } from './logging.js';
import { serve } from './serve.js';

try {
  const config = readConfig(process.env);
  const logger = createLogger({ level: config.LOG_LEVEL });
  const { deps, close } = await compose({ config, logger });
  const listening = await serve({ app: createApp(deps), port: config.API_PORT, host: config.API_HOST });
  logger.info({ port: listening.port, url: config.PUBLIC_URL }, 'api ready');
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  logger.info({}, 'api stops: finishing what runs');
  await listening.close();
  await close();
  // Calls to a Temporal that never answered still have timers; fired over a closed connection they would end the process as a crash.
  process.exit();
} catch (error) {
  process.stderr.write(`payonce api: ${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 1;
}
