export { createApp } from './app.js';
export type { ApiDeps, ApiSettings, ReadinessCheck } from './deps.js';
export { readConfig } from './config.js';
export type { ApiConfig } from './config.js';
export { createLogger } from './logging.js';
