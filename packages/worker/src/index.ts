export { workerEnvironment } from './config.js';
export { createWorkers } from './workers.js';
export type { WorkersDeps } from './workers.js';
