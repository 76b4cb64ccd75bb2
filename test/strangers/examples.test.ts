import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const SLOW = 180_000;
const execute = promisify(execFile);

interface Manifest {
  readonly name: string;
  readonly scripts?: { readonly test?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

const examples = readdirSync(join(ROOT, 'examples'))
  .map((name) => join(ROOT, 'examples', name))
  .filter(
    (folder) => existsSync(join(folder, 'package.json')) && manifestOf(folder).scripts?.test?.includes('node --test'),
  )
  .map((folder) => ({ folder, ...manifestOf(folder) }));

it.each(examples)(
  '$name passes the tests that it brings',
  async ({ folder }) => {
    const { NODE_OPTIONS: _ours, ...env } = process.env;
    await execute(join(ROOT, 'node_modules/.bin/tsc'), ['-b', 'packages/plugins/sdk'], { cwd: ROOT });
    const { stdout } = await execute('npm', ['test'], { cwd: folder, env });
    expect(stdout).toMatch(/^# fail 0$/m);
  },
  SLOW,
);

it.each(examples)('$name knows nothing of ours but the contract', ({ dependencies = {} }) => {
  const ours = Object.keys(dependencies).filter((name) => name.startsWith('@payonce/'));
  expect(ours).toEqual(['@payonce/plugin-sdk']);
});
