import { expect, it } from '@jest/globals';
import { loadPlugins } from '@payonce/engine/plugins';
import { BUNDLED_FULFILLMENT, bundledPlugins, bundledRoutes } from './index.js';

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const sandbox = {
  origin: 'http://127.0.0.1:4780',
  secretKey: 'sk_test_sandbox_0001',
  webhookSecret: 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0',
};
const EUROS = { currency: 'EUR', lines: [] } as const;
const load = (options: Parameters<typeof bundledPlugins>[0]) =>
  loadPlugins({ plugins: bundledPlugins(options), routes: bundledRoutes(options), logger });

it('serves tax, license keys, files, services and tickets, and takes no payments without a sandbox', async () => {
  const plugins = await load({});
  const fulfillment = ['license-keys', 'license-key-pool', 'files', 'service', 'tickets'];
  expect(plugins.ids()).toEqual({ tax: ['tax-table'], processors: [], fulfillment });
  expect(() => plugins.routesFor({ ...EUROS, mode: 'test' })).toThrow('no processor serves test mode');
});

it('takes payments of test mode, and of no other, through the sandbox', async () => {
  const plugins = await load({ sandbox });
  expect(plugins.routesFor({ ...EUROS, mode: 'test' })).toEqual({ processor: 'sandbox', taxCalculator: 'tax-table' });
  expect(() => plugins.routesFor({ ...EUROS, mode: 'live' })).toThrow('no processor serves live mode');
});

it('names providers that are there for what products describe without naming one', async () => {
  const { fulfillment } = (await load({})).ids();
  expect(fulfillment).toEqual(expect.arrayContaining(Object.values(BUNDLED_FULFILLMENT)));
});

it('refuses sandbox options that cannot work, by their path', async () => {
  await expect(load({ sandbox: { ...sandbox, origin: 'localhost' } })).rejects.toThrow('options.origin');
});
