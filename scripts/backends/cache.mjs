import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from '../lib/paths.mjs';

/** The folder of a name and version in the user's cache, if it was filled. */
export function cached({ env, name }) {
  const folder = join(cacheRoot(env), name);
  return existsSync(folder) ? folder : undefined;
}

/**
 * Fills a folder of the cache at once or not at all: `fill` works in a temporary folder, which is renamed when `fill`
 * answers without a problem. Resolves to { folder } or { problem }.
 */
export async function fillCache({ env, name, fill }) {
  const parent = cacheRoot(env);
  await mkdir(parent, { recursive: true });
  const folder = join(parent, name);
  const temporary = await mkdtemp(join(parent, `.${name}-`));
  try {
    const problem = await fill(temporary);
    if (problem) return { problem };
    await rename(temporary, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
    return { folder };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
