import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const INSTALL_MS = 240_000;
const CACHE = fileURLToPath(new URL('../../.payonce/python', import.meta.url));

/**
 * The path of a Python in whose environment exactly these requirements are installed: made once per list, and kept. Undefined where there is no Python, or nothing to install
 * from: the tests that need it then say that they were left out.
 */
export async function pythonWith({ requirements }: { readonly requirements: URL }): Promise<string | undefined> {
  const digest = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex');
  const folder = join(CACHE, digest.slice(0, 16));
  const python = join(folder, 'bin', 'python');
  if (await exists(python)) return python;
  const scratch = `${folder}-${process.pid}`;
  try {
    await mkdir(CACHE, { recursive: true });
    await run('python3', ['-m', 'venv', scratch], { timeout: INSTALL_MS });
    const install = ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', '-r', fileURLToPath(requirements)];
    await run(join(scratch, 'bin', 'python'), install, { timeout: INSTALL_MS });
    await rename(scratch, folder).catch(() => undefined);
    return (await exists(python)) ? python : undefined;
  } catch (error) {
    console.warn(`tests that need Python are left out: ${reasonOf(error)}`);
    return undefined;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** The last line of what a program said, or why it could not be run; errors come from outside of the test's realm. */
function reasonOf(error: unknown): string {
  const said: unknown = Reflect.get(Object(error), 'stderr');
  return typeof said === 'string' && said.trim() !== '' ? (said.trim().split('\n').at(-1) ?? '') : String(error);
}
