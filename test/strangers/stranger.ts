import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The folder of somebody who has nothing of ours but a packed contract. */
export interface Stranger {
  readonly folder: string;
  /** The contract as it would be published. */
  readonly sdk: string;
  /** Runs a command line in a folder of theirs; answers what it printed, and rejects with it when the command fails. */
  run(line: string, at?: string): Promise<string>;
  write(path: string, text: string): void;
  read(path: string): string;
  remove(): void;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const SDK = join(ROOT, 'packages/plugins/sdk');
const MAX_OUTPUT = 64 * 1024 * 1024;
const execute = promisify(execFile);

/** Without what the test run says to its own processes. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS' && !/^(npm_|JEST_)/i.test(name)),
  );

async function run({ line, at }: { readonly line: string; readonly at: string }): Promise<string> {
  try {
    const options = { cwd: at, env: environment(), maxBuffer: MAX_OUTPUT };
    const { stdout, stderr } = await execute('sh', ['-c', line], options);
    return stdout + stderr;
  } catch (thrown) {
    const field = (name: string): string => String(Reflect.get(Object(thrown), name) ?? '');
    throw new Error(`${line}\n${field('stdout')}${field('stderr')}`, { cause: thrown });
  }
}

/** Compiles and packs the contract into a new folder outside the repository. */
export async function stranger(): Promise<Stranger> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'payonce-stranger-')));
  const { packageManager }: { packageManager: string } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  await run({ line: `${join(ROOT, 'node_modules/.bin/tsc')} -b ${SDK}`, at: ROOT });
  await run({ line: `npm exec --yes ${packageManager} -- pack --pack-destination '${folder}'`, at: SDK });
  const [packed = ''] = readdirSync(folder);
  return {
    folder,
    sdk: join(folder, packed),
    run: (line, at = '.') => run({ line, at: join(folder, at) }),
    write: (path, text) => writeFileSync(join(folder, path), text),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Packages come from the cache where it has them. */
export const INSTALL = 'npm install --prefer-offline --no-audit --no-fund --loglevel=error';
