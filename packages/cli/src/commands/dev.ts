import type { Command } from 'commander';
import { Explained } from '../explained.js';
import { runDemo } from '../dev/demo.js';
import { runStart } from '../dev/start.js';
import type { Backends, Environment } from '../dev/stack.js';

interface BackendOptions {
  readonly temporal: string;
  readonly temporalUi?: string;
  readonly mongodb: string;
}

/** payonce dev demo and start: what npm run demo and npm start hand over to. */
export function addDev(program: Command, environment: Environment): void {
  const dev = program.command('dev').description('run a whole stack from a checkout (npm run demo and npm start do)');
  onBackends(dev.command('demo'))
    .description('sell once for real, on fresh data, and tell each step')
    .option('--keep', 'leave everything running afterwards, to look around')
    .action((options: BackendOptions & { readonly keep?: boolean }) =>
      runDemo({ backends: backendsOf(options), keep: options.keep ?? false, environment }),
    );
  onBackends(dev.command('start'))
    .description('run a stack whose data survive restarts, until Ctrl-C')
    .option('--port <port>', 'where to look for a port for the API from', '3000')
    .action((options: BackendOptions & { readonly port: string }) =>
      runStart({ backends: backendsOf(options), environment, apiPort: portOf(options.port) }),
    );
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_000)
    throw new Explained(`--port ${text}: is a number from 1 to 65000`);
  return port;
}

const onBackends = (command: Command): Command =>
  command
    .requiredOption('--temporal <address>', 'host and port of Temporal')
    .option('--temporal-ui <url>', 'where its UI is')
    .requiredOption('--mongodb <uri>', 'connection string of MongoDB');

const backendsOf = ({ temporal, temporalUi, mongodb }: BackendOptions): Backends => ({ temporal, temporalUi, mongodb });
