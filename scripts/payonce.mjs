import { bootstrap } from './lib/bootstrap.mjs';
import { build } from './lib/build.mjs';
import { CLI } from './lib/hand-over.mjs';
import { main } from './lib/lifetime.mjs';
import { runInTerminal } from './lib/run.mjs';

/** The command line of payonce from a checkout: npm run payonce -- stuck. */
await main(
  async (args) => {
    await bootstrap();
    await build();
    return runInTerminal({ command: process.execPath, args: [CLI, ...args] });
  },
  { patient: true },
);
