import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTemporal } from './backends/temporal.mjs';
import { bootstrap } from './lib/bootstrap.mjs';
import { atEnd, main } from './lib/lifetime.mjs';
import { root } from './lib/paths.mjs';
import { freePort } from './lib/ports.mjs';
import { spawnGuarded } from './lib/warden.mjs';

/** Sells once for real, and takes the pictures of the documentation on the way: docs/images/*.png. Needs a Chromium. */
await main(async () => {
  await bootstrap();
  const folder = mkdtempSync(join(tmpdir(), 'payonce-pictures-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const temporal = await startTemporal({ env: process.env, folder, uiPort: await freePort() });
  const program = spawnGuarded({
    command: process.execPath,
    args: [join(root, 'scripts/test.mjs'), '--testMatch', '<rootDir>/test/take-pictures.ts'],
    cwd: root,
    output: 'inherit',
    env: {
      ...process.env,
      PAYONCE_TEST_TEMPORAL_ADDRESS: temporal.address,
      PAYONCE_PICTURES_TEMPORAL_UI: temporal.uiUrl,
    },
  });
  return (await program.exited).code ?? 1;
});
