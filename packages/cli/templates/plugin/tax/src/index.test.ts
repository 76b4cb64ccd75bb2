import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { VERSION, pluginName } from './index.js';

const load = (options: unknown): Promise<void> => pluginName(options).load({ add() {} });

it('has the version of its package', () => {
  const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  assert.equal(VERSION, manifest.version);
});

it('says by its path what is wrong with an option', async () => {
  await assert.rejects(load({ name: 'GST', rate: '10', countries: ['AU'] }), /options\.rate: is not a rate/);
});
