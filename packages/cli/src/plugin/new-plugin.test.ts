import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { farewell } from './farewell.js';
import { writeNewPlugin } from './new-plugin.js';
import type { NewPlugin } from './new-plugin.js';
import { PLUGIN_KINDS, pluginName } from './plugin-name.js';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '');

let at: string;

beforeEach(() => {
  at = realpathSync(mkdtempSync(join(tmpdir(), 'payonce-new-plugin-')));
});

afterEach(() => rmSync(at, { recursive: true }));

const write = (change: Partial<NewPlugin> = {}) => writeNewPlugin({ kind: 'tax', name: 'flat-tax', at, ...change });

const read = (path: string) => readFileSync(join(at, path), 'utf8');

it.each(PLUGIN_KINDS)(
  'writes a %s plugin under its own names, and leaves none of the names that stood for them',
  (kind) => {
    const { files } = write({ kind, name: '@acme/gift-cards' });
    expect(files).toEqual(
      expect.arrayContaining(['.gitignore', 'README.md', 'package.json', 'src/conformance.test.ts']),
    );
    const texts = files.map((path) => read(join('gift-cards', path))).join('\n');
    expect(texts).toContain("from '@acme/gift-cards'");
    expect(texts).toContain('export const giftCards = definePlugin({');
    expect(texts).not.toMatch(/plugin-name|package-name|pluginName|Plugin Name/);
  },
);

it('depends on the contract of its checkout when it stands outside of it, or on what is given', () => {
  const sdk = join(ROOT, 'packages/plugins/sdk');
  writeFileSync(join(at, 'sdk.tgz'), '');
  write();
  write({ name: 'by-tarball', sdk: 'sdk.tgz' });
  write({ name: 'by-version', sdk: '^0.1.0' });
  const specifier = (folder: string) => JSON.parse(read(`${folder}/package.json`)).dependencies['@payonce/plugin-sdk'];
  expect(specifier('flat-tax')).toBe(`file:${sdk}`);
  expect(specifier('by-tarball')).toBe(`file:${join(at, 'sdk.tgz')}`);
  expect(specifier('by-version')).toBe('^0.1.0');
  expect(() => write({ name: 'by-nothing', sdk: './nowhere.tgz' })).toThrow('neither a version nor a tarball');
});

it('writes nothing into a folder that is there, not even an empty one', () => {
  write();
  const before = read('flat-tax/src/index.ts');
  expect(() => write({ kind: 'processor' })).toThrow('flat-tax is there already: nothing was written');
  expect(read('flat-tax/src/index.ts')).toBe(before);
  expect(existsSync(join(at, 'flat-tax/src/adapter.ts'))).toBe(false);
  mkdirSync(join(at, 'empty'));
  expect(() => write({ dir: 'empty' })).toThrow('empty is there already');
  expect(readdirSync(join(at, 'empty'))).toEqual([]);
});

it.each([
  'Flat',
  '',
  '-flat',
  'flat-',
  'flat--tax',
  '9-lives',
  'flat_tax',
  '../flat',
  '@acme',
  '@acme/',
  'a'.repeat(64),
])('refuses the name %j, and writes nothing', (name) => {
  expect(() => write({ name })).toThrow('is no name for a plugin: small letters');
  expect(readdirSync(at)).toEqual([]);
});

it('refuses a name whose import its own source needs', () => {
  expect(() => write({ name: 'define-plugin' })).toThrow('would be imported as definePlugin');
  expect(readdirSync(at)).toEqual([]);
});

it('puts the kind before a name of one word, which could be a word of the language', () => {
  const identifiers = ['new', 'flat', 'gift-cards', 'a-1-b'].map(
    (name) => pluginName({ kind: 'tax', name }).identifier,
  );
  expect(identifiers).toEqual(['taxNew', 'taxFlat', 'giftCards', 'a1B']);
});

it('takes no place in the checkout where it would be no package of the workspace', () => {
  for (const dir of ['packages/plugins/flat-tax', 'flat-tax', 'examples/mine/flat-tax', 'examples'])
    expect(() => write({ at: ROOT, dir })).toThrow('plugins of your own are at home in examples/');
});

it('says what to type next', () => {
  const text = farewell({ ...write(), at });
  expect(text).toContain('  cd flat-tax\n  npm install\n  npm test');
  expect(text).toContain("import { flatTax } from 'flat-tax';");
  expect(text).toContain("plugins: [flatTax({ name: 'GST', rate: '10/100', countries: ['AU'] })]");
});

it('has templates with the versions of the workspace', () => {
  const workspace: { catalog: Record<string, string> } = parse(readFileSync(join(ROOT, 'pnpm-workspace.yaml'), 'utf8'));
  const manifest = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
  const { dependencies, devDependencies, engines } = manifest('packages/cli/templates/plugin/common/package.json');
  const { '@payonce/plugin-sdk': sdk, ...others } = { ...dependencies, ...devDependencies };
  expect(sdk).toBe(`~${manifest('packages/plugins/sdk/package.json').version}`);
  expect(workspace.catalog).toMatchObject(others);
  expect(engines).toEqual(manifest('package.json').engines);
});
