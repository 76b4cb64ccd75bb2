import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes from a deployed program what it does not need to run here: the Temporal SDK's native parts for other platforms, and records of the compiler. */
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Usage: node docker/prune.mjs <folder of a deployed program>');

const CPU = { x64: 'x86_64', arm64: 'aarch64' }[process.arch];
const SYSTEM = { linux: 'linux-gnu', darwin: 'apple-darwin' }[process.platform];
const isOurs = (name) => name.startsWith(CPU) && name.endsWith(SYSTEM);

const store = join(folder, 'node_modules', '.pnpm');
for (const name of readdirSync(store).filter((entry) => entry.startsWith('@temporalio+core-bridge@'))) {
  const releases = join(store, name, 'node_modules/@temporalio/core-bridge/releases');
  const builds = readdirSync(releases);
  if (!builds.some(isOurs))
    throw new Error(`The Temporal SDK brings nothing for ${process.platform} ${process.arch}: ${builds.join(', ')}`);
  for (const other of builds.filter((build) => !isOurs(build))) rmSync(join(releases, other), { recursive: true });
}
for (const path of readdirSync(folder, { recursive: true })) {
  if (path.endsWith('.tsbuildinfo')) rmSync(join(folder, path));
}
