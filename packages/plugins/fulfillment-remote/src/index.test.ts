import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { loadPlugins } from '@payonce/engine/plugins';
import { TAX_CALCULATOR, definePlugin } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { VERSION, fulfillmentRemote } from './index.js';
import { SEATS } from './testing/seats.js';

const flat = definePlugin({
  name: 'flat',
  version: '1.0.0',
  contractVersion: 1,
  options: z.strictObject({}),
  register: (registry) => registry.add(TAX_CALCULATOR, { id: 'flat', calculate: async () => ({ lines: [] }) }),
})();
const logger = { debug() {}, info() {}, warn() {}, error() {} };
const load = (...options: readonly unknown[]) =>
  loadPlugins({
    plugins: options.map((each) => fulfillmentRemote(each)).concat(flat),
    routes: { processor: {}, tax: 'flat' },
    logger,
  }).catch((error: unknown) => error);

it('has the version of its package', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(VERSION).toBe(version);
});

it('is refused with the path of what is wrong', async () => {
  const settings = { type: 'object', properties: { hall: { type: 'text' } } };
  expect(String(await load({ ...SEATS, settings }))).toMatch(/options.*is no JSON Schema/);
});

it('may be configured several times, once per id', async () => {
  const plugins = await load(SEATS, { ...SEATS, id: 'acme-boxes', taskQueue: 'acme-boxes' });
  expect(plugins).toMatchObject({ routes: { tax: 'flat' } });
  expect(String(await load(SEATS, SEATS))).toMatch(/fulfillment-remote-acme-seats is configured twice/);
});
