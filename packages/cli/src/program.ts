import { Command } from 'commander';
import type { CliConfig } from './config.js';
import { addDev } from './commands/dev.js';
import { addDoctor } from './commands/doctor.js';
import { addInspect } from './commands/inspect.js';
import { addKeys } from './commands/keys.js';
import { addPlugin } from './commands/plugin.js';
import { addResolve } from './commands/resolve.js';
import { addRetry } from './commands/retry.js';
import { addSetup } from './commands/setup.js';
import { addStuck } from './commands/stuck.js';
import type { Environment } from './dev/stack.js';

/** The command line. `config` is read when a command needs it, so that help needs no configuration. */
export function createProgram({
  config,
  environment,
}: {
  readonly config: () => CliConfig;
  readonly environment: Environment;
}): Command {
  const program = new Command('payonce')
    .description('Sets up, runs and looks after an installation of payonce.')
    .exitOverride()
    .showHelpAfterError('(payonce --help shows the commands)');
  addSetup(program, config);
  addKeys(program, config);
  addDoctor(program, config);
  addStuck(program, config);
  addInspect(program, config);
  addRetry(program, config);
  addResolve(program, config);
  addPlugin(program, environment);
  addDev(program, environment);
  return program;
}
