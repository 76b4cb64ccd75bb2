import { bootstrap } from './lib/bootstrap.mjs';
import { build } from './lib/build.mjs';
import { CLI } from './lib/hand-over.mjs';
import { runInTerminal } from './lib/run.mjs';

/** The command line of payonce from a checkout: npm run payonce -- stuck. */
await bootstrap();
await build();
process.on('SIGINT', () => {});
process.exitCode = await runInTerminal({ command: process.execPath, args: [CLI, ...process.argv.slice(2)] });
