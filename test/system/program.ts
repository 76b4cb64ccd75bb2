import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A program of these tests. */
export const programPath = (name: string): string => fileURLToPath(new URL(`programs/${name}`, import.meta.url));

/** Compiles api, worker, sandbox and cli, and bundles the workflows; quick when nothing changed. */
export async function build(): Promise<void> {
  const child = spawn(process.execPath, [programPath('build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error('payonce does not compile: see above');
}
