/** The sandbox payment service, to run inside another process: tests and development. */
export { startSandbox } from './start.js';
export type { RunningSandbox, SandboxOptions } from './settings.js';
