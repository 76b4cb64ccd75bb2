import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { pluginManifest } from './manifest.js';
import { pluginName } from './plugin-name.js';

const text = readFileSync(new URL('../../templates/plugin/common/package.json', import.meta.url), 'utf8');
const name = pluginName({ kind: 'tax', name: 'flat-tax' });

it('takes every version from the workspace that it becomes a package of, and is not published from there', () => {
  const manifest = JSON.parse(pluginManifest({ text, name, source: { kind: 'workspace' } }));
  expect(manifest).toMatchObject({
    name: 'flat-tax',
    private: true,
    dependencies: { '@payonce/plugin-sdk': 'workspace:*', zod: 'catalog:' },
    devDependencies: { '@types/node': 'catalog:', typescript: 'catalog:' },
  });
  expect(Object.keys(manifest).slice(0, 3)).toEqual(['name', 'version', 'private']);
});

it('names the published contract where there is no checkout', () => {
  const manifest = JSON.parse(pluginManifest({ text, name, source: { kind: 'registry' } }));
  expect(manifest).toEqual({ ...JSON.parse(text), name: 'flat-tax' });
});
