import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isPluginSetupError } from '../domain/plugin-setup-error.js';
import { loadConfigFile } from './plugin-config.js';

/** A plugin as a third party's build leaves it: no import of ours, recognized by what it carries. */
const pluginSource = (names: readonly string[]) =>
  names
    .map(
      (name) => `export const ${name} = Object.assign(
        (options) => { if (options.broken) throw new Error('no'); return { name: '${name}', version: '1.0.0', contractVersion: 1, options, async load() {} }; },
        { definition: {} });`,
    )
    .join('\n');

const ROUTES = { processor: { test: 'sandbox' }, tax: 'acme' };
let folder: string;

async function write(path: string, content: string | object): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function installed(name: string, exports: unknown, source: string): Promise<void> {
  await write(`node_modules/${name}/package.json`, { name, version: '1.0.0', type: 'module', exports });
  await write(`node_modules/${name}/plugin.js`, source);
}

async function refusal(file: string): Promise<readonly string[]> {
  const thrown: unknown = await loadConfigFile(file).catch((error: unknown) => error);
  return isPluginSetupError(thrown) ? thrown.lines : [];
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payonce-config-'));
  await installed('acme-tax', { '.': { types: './plugin.d.ts', import: './plugin.js' } }, pluginSource(['acmeTax']));
  await installed('@acme/goods', './plugin.js', pluginSource(['fonts', 'sounds']));
});

afterAll(() => rm(folder, { recursive: true }));

it('reads a module that exports its configuration by default', async () => {
  const source = `import { acmeTax } from 'acme-tax';\nexport default { plugins: [acmeTax({ a: 1 })], routes: ${JSON.stringify(ROUTES)} };`;
  const { plugins, routes } = await loadConfigFile(await write('default.config.mjs', source));
  expect(plugins).toMatchObject([{ name: 'acmeTax', options: { a: 1 } }]);
  expect(routes).toEqual(ROUTES);
});

it('reads routes by currency, country and category, and refuses rules of another shape by their path', async () => {
  const routes = {
    processor: { live: [{ use: 'bank', currencies: ['CHF'], countries: ['CH'] }, { use: 'card' }] },
    tax: { rules: [{ use: 'books', countries: ['DE'], categories: ['e_book'] }], fallback: 'table' },
  };
  await expect(loadConfigFile(await write('routes.json', { plugins: [], routes }))).resolves.toMatchObject({ routes });
  const odd = { processor: { live: [{ use: 'bank', country: 'CH' }] }, tax: { rules: [], otherwise: 'table' } };
  await expect(refusal(await write('odd-routes.json', { plugins: [], routes: odd }))).resolves.toEqual([
    'odd-routes.json: routes.processor.live.0: Unrecognized key: "country"',
    "odd-routes.json: routes.tax: is neither a calculator's id nor { rules: [{ use, countries?, categories? }], fallback }",
  ]);
});

it('reads a module that exports its configuration as config', async () => {
  const file = await write(
    'named.config.mjs',
    `export const config = { plugins: [], routes: ${JSON.stringify(ROUTES)} };`,
  );
  await expect(loadConfigFile(file)).resolves.toEqual({ plugins: [], routes: ROUTES });
});

it('reads JSON whose packages lie beside it, also those that only modules may import', async () => {
  const file = await write('payonce.config.json', {
    plugins: [
      { package: 'acme-tax', options: { a: 1 } },
      { package: '@acme/goods', export: 'sounds' },
    ],
    routes: ROUTES,
  });
  const { plugins } = await loadConfigFile(file);
  expect(plugins).toMatchObject([
    { name: 'acmeTax', options: { a: 1 } },
    { name: 'sounds', options: {} },
  ]);
});

it('reads JSON that names a file of its own', async () => {
  await write('own/plugin.mjs', pluginSource(['own']));
  const file = await write('own/payonce.config.json', { plugins: [{ package: './plugin.mjs' }], routes: ROUTES });
  expect((await loadConfigFile(file)).plugins).toMatchObject([{ name: 'own' }]);
});

it('tells all that is wrong with the packages at once, by their place', async () => {
  const file = await write('wrong.json', {
    plugins: [
      { package: 'nowhere' },
      { package: '@acme/goods' },
      { package: '@acme/goods', export: 'images' },
      { package: 'acme-tax', options: { broken: true } },
    ],
    routes: ROUTES,
  });
  await expect(refusal(file)).resolves.toEqual([
    `wrong.json: plugins.0: package nowhere is not installed in ${folder} or above: install it there`,
    'wrong.json: plugins.1: package @acme/goods exports several plugins (fonts, sounds): name one as "export"',
    "wrong.json: plugins.2: package @acme/goods exports no plugin 'images'; its plugins: fonts, sounds",
    'wrong.json: plugins.3: package acme-tax did not take its options: no',
  ]);
});

it.each([
  ['no.config.mjs', 'export const plugins = [];', 'no.config.mjs exports no configuration'],
  [
    'uncalled.config.mjs',
    `import { acmeTax } from 'acme-tax'; export default { plugins: [acmeTax], routes: { processor: {}, tax: 'x' } };`,
    'uncalled.config.mjs: plugins.0: is not a configured plugin',
  ],
  [
    'typo.config.mjs',
    `export default { plugins: [], routes: { processors: {}, tax: 'x' } };`,
    'typo.config.mjs: routes.processor: ',
  ],
  ['broken.config.mjs', 'export default {', 'broken.config.mjs could not be imported: '],
  ['broken.json', '{', 'broken.json could not be read: '],
  ['extra.json', '{"plugins":[],"routes":{"processor":{},"tax":"x"},"comment":1}', 'extra.json: the configuration: '],
])('refuses %s and says why', async (name, content, start) => {
  const lines = await refusal(await write(name, content));
  expect(lines[0]).toContain(start);
});

it('says which file is missing', async () => {
  const lines = await refusal(join(folder, 'missing.json'));
  expect(lines[0]).toContain('missing.json could not be read: ENOENT');
});
