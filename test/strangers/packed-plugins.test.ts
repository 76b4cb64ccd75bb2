import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { loadConfigFile } from '@payonce/engine/adapters';
import { loadPlugins } from '@payonce/engine/plugins';
import { INSTALL, stranger } from './stranger.js';
import type { Stranger } from './stranger.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const SLOW = 180_000;
const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** One of ours and one of a third party. */
const PACKAGES = ['packages/plugins/tax-table', 'examples/plugin-course-access'];

let outside: Stranger;

beforeAll(async () => {
  outside = await stranger();
  const run = promisify(execFile);
  const [tables] = PACKAGES;
  await run(join(ROOT, 'node_modules/.bin/tsc'), ['-b', tables ?? ''], { cwd: ROOT });
  for (const path of PACKAGES)
    await run('npm', ['exec', '--yes', 'pnpm@10.34.9', '--', 'pack', '--pack-destination', outside.folder], {
      cwd: join(ROOT, path),
    });
}, SLOW);

afterAll(() => outside.remove());

it(
  'a shop outside the repository installs packed plugins, and its configuration loads them by name',
  async () => {
    const packed = readdirSync(outside.folder).filter((name) => name.endsWith('.tgz'));
    expect(packed).toHaveLength(3);
    mkdirSync(join(outside.folder, 'shop'));
    outside.write('shop/package.json', JSON.stringify({ name: 'shop', private: true, type: 'module' }));
    await outside.run(`${INSTALL} ${packed.map((name) => `../${name}`).join(' ')}`, 'shop');
    outside.write('shop/payonce.config.mjs', CONFIG);
    const loaded = await loadConfigFile(join(outside.folder, 'shop/payonce.config.mjs'));
    const plugins = await loadPlugins({ ...loaded, logger });
    expect(plugins.ids()).toEqual({ tax: ['tax-table'], processors: [], fulfillment: ['course-access'] });
  },
  SLOW,
);

const CONFIG = `
import { taxTable } from '@payonce/tax-table';
import { courseAccess } from 'payonce-course-access';

export default {
  plugins: [taxTable(), courseAccess({ origin: 'https://school.example', apiKey: 'key-of-the-school-0001' })],
  routes: { processor: {}, tax: 'tax-table' },
};
`;
