import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfigFile } from '@payonce/engine/adapters';
import { loadPlugins } from '@payonce/engine/plugins';
import type { ConformanceReportJson } from '@payonce/plugin-sdk/testing';
import { writeNewPlugin } from '../../packages/cli/src/plugin/new-plugin.js';
import { PLUGIN_KINDS } from '../../packages/cli/src/plugin/plugin-name.js';
import { INSTALL, stranger } from './stranger.js';
import type { Stranger } from './stranger.js';

const SLOW = 180_000;
const logger = { debug() {}, info() {}, warn() {}, error() {} };

let outside: Stranger;

beforeAll(async () => {
  outside = await stranger();
}, SLOW);

afterAll(() => outside.remove());

describe('a new plugin, outside the repository', () => {
  it.each(PLUGIN_KINDS)(
    'of the kind %s builds at once, and keeps the contract',
    async (kind) => {
      writeNewPlugin({ kind, name: `own-${kind}`, at: outside.folder, sdk: outside.sdk });
      await outside.run(INSTALL, `own-${kind}`);
      const output = await outside.run('npm test', `own-${kind}`);
      expect(output).toMatch(/^# fail 0$/m);
      const report: ConformanceReportJson = JSON.parse(outside.read(`own-${kind}/conformance.json`));
      expect(report).toMatchObject({ id: `own-${kind}`, failed: 0 });
      expect(report.passed).toBeGreaterThan(12);
    },
    SLOW,
  );

  it('of each kind is loaded by a configuration that names it', async () => {
    mkdirSync(join(outside.folder, 'shop'));
    outside.write('shop/package.json', JSON.stringify({ name: 'shop', private: true, type: 'module' }));
    await outside.run(`${INSTALL} ${PLUGIN_KINDS.map((kind) => `../own-${kind}`).join(' ')}`, 'shop');
    outside.write('shop/payonce.config.mjs', CONFIG);
    const config = await loadConfigFile(join(outside.folder, 'shop/payonce.config.mjs'));
    const plugins = await loadPlugins({ ...config, logger });
    expect(plugins.ids()).toEqual({
      tax: ['own-tax'],
      fulfillment: ['own-fulfillment'],
      processors: ['own-processor'],
    });
  });
});

const CONFIG = `
import { ownTax } from 'own-tax';
import { ownFulfillment } from 'own-fulfillment';
import { ownProcessor } from 'own-processor';

export default {
  plugins: [
    ownTax({ name: 'GST', rate: '10/100', countries: ['AU'] }),
    ownFulfillment(),
    ownProcessor({ mode: 'test', origin: 'https://acme.example', secretKey: '${'k'.repeat(20)}', webhookSecret: '${'s'.repeat(20)}' }),
  ],
  routes: { processor: { test: 'own-processor' }, tax: 'own-tax' },
};
`;
