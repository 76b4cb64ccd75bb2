import { readdirSync, realpathSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * Removes from a deployed program what it does not need to run here: the Temporal SDK's native parts for other
 * platforms, records of the compiler, and the link with which pnpm points back into the workspace.
 */
const [given] = process.argv.slice(2);
if (!given) throw new Error('Usage: node docker/prune.mjs <folder of a deployed program>');
const folder = realpathSync(given);

const CPU = { x64: 'x86_64', arm64: 'aarch64' }[process.arch];
const SYSTEM = { linux: 'linux-gnu', darwin: 'apple-darwin' }[process.platform];

function prune(path) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name);
    if (entry.isSymbolicLink() ? leadsOut(inside) : entry.name === '.tsbuildinfo') rmSync(inside);
    else if (entry.isDirectory()) prune(inside);
  }
}

function leadsOut(link) {
  return !realpathSync(link).startsWith(folder + sep);
}

function keepOurPlatform(releases) {
  const builds = readdirSync(releases);
  const others = builds.filter((name) => !(name.startsWith(CPU) && name.endsWith(SYSTEM)));
  if (others.length === builds.length) throw new Error(`The Temporal SDK has only ${builds.join(', ')}.`);
  for (const other of others) rmSync(join(releases, other), { recursive: true });
}

const store = join(folder, 'node_modules', '.pnpm');
for (const name of readdirSync(store).filter((entry) => entry.startsWith('@temporalio+core-bridge@')))
  keepOurPlatform(join(store, name, 'node_modules/@temporalio/core-bridge/releases'));
prune(folder);
