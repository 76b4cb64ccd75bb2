import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMongodb } from './backends/mongodb.mjs';
import { startTemporal } from './backends/temporal.mjs';
import { bootstrap } from './lib/bootstrap.mjs';
import { build } from './lib/build.mjs';
import { startProgram, untilDone } from './lib/hand-over.mjs';
import { atEnd, main } from './lib/lifetime.mjs';
import { root } from './lib/paths.mjs';

/** Who they are, so that their CPU time can be told; one that runs elsewhere is left out. */
function pids({ temporal, mongodb }) {
  const known = Object.entries({ '--temporal-pid': temporal.pid, '--mongodb-pid': mongodb.pid });
  return known.flatMap(([option, pid]) => (pid ? [option, String(pid)] : []));
}

/** Runs the benchmarks of bench/ on backends of their own. With --quick, a small run. */
await main(async (args) => {
  await bootstrap();
  await build();
  const { env } = process;
  const folder = mkdtempSync(join(tmpdir(), 'payonce-bench-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const [temporal, mongodb] = await Promise.all([
    startTemporal({ env, folder }),
    startMongodb({ env, folder, fleeting: true }),
  ]);
  const words = [...pids({ temporal, mongodb }), '--folder', folder];
  const program = startProgram({ program: join(root, 'bench/main.mjs'), words, temporal, mongodb, args });
  return untilDone({ program, backends: [temporal, mongodb] });
});
