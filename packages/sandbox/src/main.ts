import { pino } from 'pino';
import { readConfig } from './config.js';
import type { Config } from './config.js';
import { startSandbox } from './start.js';

const STOPPED_AT_MOST_MS = 15_000;

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    pino().fatal(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

const { options, logLevel } = configOrExit();
const logger = pino({ level: logLevel, base: { process: 'sandbox' } });

try {
  const sandbox = await startSandbox({ ...options, logger });
  logger.info({ port: sandbox.port, origin: sandbox.origin }, 'sandbox ready');
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'sandbox stops');
    setTimeout(() => process.exit(1), STOPPED_AT_MOST_MS).unref();
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  logger.fatal({ err: error }, 'sandbox did not start');
  process.exit(1);
}
