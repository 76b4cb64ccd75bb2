import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BUILD_MS = 240_000;

/** A program of a Go module, at one version. */
export interface GoProgram {
  /** The package to build: 'example.com/server/cmd/server'. */
  readonly module: string;
  readonly version: string;
}

/**
 * The path of a program that is written in Go, built once per version and kept with the other fetched programs. Undefined where there is no Go, or nothing to build it from:
 * the tests that need it then say that they were left out.
 */
export async function goProgram({ module, version }: GoProgram): Promise<string | undefined> {
  const name = module.split('/').at(-1) ?? module;
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'payonce', `${name}-${version}`);
  const path = join(folder, name);
  if (await exists(path)) return path;
  const scratch = await mkdtemp(join(tmpdir(), 'payonce-go-'));
  try {
    const env = { ...process.env, GOBIN: scratch, GOFLAGS: '-modcacherw' };
    await run('go', ['install', `${module}@${version}`], { cwd: scratch, env, timeout: BUILD_MS });
    await mkdir(folder, { recursive: true });
    await rename(join(scratch, name), path).catch(() => undefined);
    return (await exists(path)) ? path : undefined;
  } catch (error) {
    console.warn(`${name} could not be built: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown'}`);
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
