export { cliEnvironment } from './config.js';
