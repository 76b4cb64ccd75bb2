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

/** Runs the benchmarks of bench/ on backends of their own. */
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
  const program = startProgram({ program: join(root, 'bench/main.mjs'), words: [], temporal, mongodb, args });
  return untilDone({ program, backends: [temporal, mongodb] });
});
