import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { loadConfigFile } from '@payonce/engine/adapters';
import { loadPlugins } from '@payonce/engine/plugins';
import type { ConformanceReportJson } from '@payonce/plugin-sdk/testing';
import { writeNewPlugin } from '../../packages/cli/src/plugin/new-plugin.js';
import { INSTALL, stranger } from './stranger.js';
import type { Stranger } from './stranger.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const PAGE = readFileSync(join(ROOT, 'docs/writing-a-plugin.md'), 'utf8');
const SLOW = 180_000;
const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** What a reader does: types a line, or saves a file. */
type Step =
  | { readonly kind: 'type'; readonly line: string }
  | { readonly kind: 'save'; readonly path: string; readonly text: string };

const steps: readonly Step[] = [...PAGE.matchAll(/^```(sh|ts|js)\n(.*?)^```$/gms)].flatMap(
  ([, language, text = '']): readonly Step[] => {
    if (language === 'sh')
      return text
        .trim()
        .split('\n')
        .map((line) => ({ kind: 'type', line }));
    const path = /^\/\/ (\S+)\n/.exec(text)?.[1];
    return path === undefined ? [] : [{ kind: 'save', path, text }];
  },
);

let outside: Stranger;
/** Where the reader stands: first in the checkout. */
let at = 'payonce';
const printed: string[] = [];

beforeAll(async () => {
  outside = await stranger();
  mkdirSync(join(outside.folder, at));
  symlinkSync(join(ROOT, 'node_modules'), join(outside.folder, at, 'node_modules'));
}, SLOW);

afterAll(() => outside.remove());

/** The command as `npm run payonce` runs it, with the packed contract in place of a checkout's. */
function startPlugin(words: readonly string[]): void {
  const [kind, name = '', flag, dir = ''] = words;
  expect([kind, flag]).toEqual(['fulfillment', '--dir']);
  writeNewPlugin({ kind: 'fulfillment', name, dir, at: join(outside.folder, at), sdk: outside.sdk });
}

async function type(line: string): Promise<void> {
  const [, start] = /^npm run payonce -- plugin new (.*)$/.exec(line) ?? [];
  const [, folder] = /^cd (\S+)$/.exec(line) ?? [];
  if (start !== undefined) startPlugin(start.split(' '));
  else if (folder !== undefined) at = join(at, folder);
  else printed.push(await outside.run(line === 'npm install' ? INSTALL : line, at));
}

it(
  'works as the page says, typed and saved to the letter outside the repository',
  async () => {
    for (const step of steps) {
      if (step.kind === 'type') await type(step.line);
      else outside.write(join(at, step.path), step.text);
    }
    expect(steps.filter(({ kind }) => kind === 'save').length).toBeGreaterThan(6);
    expect(printed.at(-1)).toMatch(/^# fail 0$/m);
    expect(printed.at(-1)).toContain('sells each number once, and again when it comes back');
    const report: ConformanceReportJson = JSON.parse(outside.read('limited-edition/conformance.json'));
    expect(report).toMatchObject({ id: 'limited-edition', failed: 0 });
  },
  SLOW,
);

it('is loaded by the configuration that the page shows', async () => {
  const config = await loadConfigFile(join(outside.folder, 'payonce/payonce.config.mjs'));
  const plugins = await loadPlugins({ ...config, logger });
  expect(plugins.ids().fulfillment).toContain('limited-edition');
  expect(plugins.ids().tax).toEqual(['tax-table']);
});
