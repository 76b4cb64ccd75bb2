/** The sandbox payment service, to run inside another process: tests and development. */
export { sandboxEnvironment } from './config.js';
export { startSandbox } from './start.js';
export type { RunningSandbox, SandboxOptions } from './settings.js';
