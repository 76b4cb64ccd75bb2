import { resolve } from 'node:path';
import { bootstrap } from './lib/bootstrap.mjs';
import { build } from './lib/build.mjs';
import { CLI } from './lib/hand-over.mjs';
import { main } from './lib/lifetime.mjs';
import { startLocally } from './lib/local-start.mjs';
import { root } from './lib/paths.mjs';

/** Not the servers' usual ports: a stranger's server must not be taken for ours, nor ours for a stranger's. */
const PORTS = { temporal: 7833, temporalUi: 8833, mongodb: 27817 };

/** Runs payonce on this machine. Its data are in .payonce/, or in the folder PAYONCE_DATA, and survive restarts. */
await main(async (args) => {
  await bootstrap();
  await build();
  const folder = resolve(root, process.env.PAYONCE_DATA || '.payonce');
  return startLocally({ folder, ports: PORTS, program: CLI, words: ['dev', 'start'], args });
});
