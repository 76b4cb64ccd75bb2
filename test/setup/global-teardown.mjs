import { rmSync } from 'node:fs';
import { stopEverything } from '../../scripts/lib/lifetime.mjs';

/** Stops what global-setup.mjs started and removes its data. */
export default async function globalTeardown() {
  await stopEverything();
  rmSync(globalThis.payonceTestFolder, { recursive: true, force: true });
}
