import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode } from './explained.js';

const OWNER_ONLY = 0o600;

/** Writes a file that its owner alone can read, whole or not at all. */
export async function writeSecretFile({ path, text }: { readonly path: string; readonly text: string }): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID().slice(0, 8)}`;
  await writeFile(draft, text, { mode: OWNER_ONLY, flag: 'wx' });
  await rename(draft, path);
}

/** The text of a file; undefined when it does not exist. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
