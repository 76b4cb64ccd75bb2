import type { Logger as TemporalLogger, LogLevel, LogMetadata } from '@temporalio/worker';
import { pino } from 'pino';
import type { Logger } from 'pino';

/** JSON lines, one per event; names that carry secrets or people are cut out. */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: { process: 'worker' },
    redact: {
      paths: ['email', 'name', 'key', 'secret', 'authorization', '*.email', '*.key', '*.secret', '*.authorization'],
      censor: '[redacted]',
    },
  });

const LEVELS: Readonly<Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'>> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** Temporal's own words, in the same lines. */
export function temporalLogger(logger: Logger): TemporalLogger {
  const log = (level: LogLevel, message: string, meta: LogMetadata = {}) => {
    const { error, ...fields } = meta;
    logger[LEVELS[level]]({ ...fields, ...(error instanceof Error ? { error: error.message } : {}) }, message);
  };
  return {
    log,
    trace: (message, meta) => log('TRACE', message, meta),
    debug: (message, meta) => log('DEBUG', message, meta),
    info: (message, meta) => log('INFO', message, meta),
    warn: (message, meta) => log('WARN', message, meta),
    error: (message, meta) => log('ERROR', message, meta),
  };
}
