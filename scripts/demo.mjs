import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMongodb } from './backends/mongodb.mjs';
import { startTemporal } from './backends/temporal.mjs';
import { bootstrap } from './lib/bootstrap.mjs';
import { build } from './lib/build.mjs';
import { CLI, startProgram, untilDone } from './lib/hand-over.mjs';
import { atEnd, main } from './lib/lifetime.mjs';
import { freePort } from './lib/ports.mjs';

/** Shows a purchase from the first click to the delivered goods, on data that are gone afterwards. */
await main(async (args) => {
  await bootstrap();
  await build();
  const { env } = process;
  const folder = mkdtempSync(join(tmpdir(), 'payonce-demo-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const [temporal, mongodb] = await Promise.all([
    startTemporal({ env, folder, uiPort: await freePort() }),
    startMongodb({ env, folder, fleeting: true }),
  ]);
  const program = startProgram({ program: CLI, words: ['dev', 'demo'], temporal, mongodb, args });
  return untilDone({ program, backends: [temporal, mongodb] });
});
