import { expect, it } from '@jest/globals';
import { FULFILLMENT_PROVIDER, PROCESSOR_ADAPTER, TAX_CALCULATOR, definePlugin } from '@payonce/plugin-sdk';
import type { ConfiguredPlugin, PluginRegistry, Routes } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { isPluginSetupError } from '../domain/plugin-setup-error.js';
import { loadPlugins } from './index.js';

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const ROUTES: Routes = { processor: { test: 'paper' }, tax: 'flat' };

const plugin = (name: string, register: (registry: PluginRegistry) => void): ConfiguredPlugin =>
  definePlugin({ name, version: '1.2.3', contractVersion: 1, options: z.strictObject({}), register })();

const tax = { id: 'flat', calculate: async () => ({ lines: [] }) };
const capabilities = {
  currencies: 'all',
  notFoundFinalAfterSeconds: 5,
  idempotencyKeyLifeSeconds: 86_400,
  minimumAmount: { EUR: 50 },
  webhooks: true,
  paymentProvider: 'dodo',
} as const;
const answer = async (): Promise<never> => Promise.reject(new Error('not asked in this test'));
const processor = {
  id: 'paper',
  displayName: 'Paper',
  capabilities,
  createPayment: answer,
  retrievePayment: answer,
  cancel: answer,
  refund: answer,
  retrieveRefund: answer,
  parseWebhook: answer,
};
const settings = z.strictObject({ color: z.enum(['red', 'blue']), sizes: z.array(z.number()) });
const fulfillment = {
  id: 'paint',
  displayName: 'Paint',
  reach: 'outside',
  describe: () => ({ summary: 'Goods for tests.', settings: { type: 'object' } }),
  settings,
  fulfill: answer,
  revoke: answer,
} as const;

const taxPlugin = plugin('tax-flat', (registry) => registry.add(TAX_CALCULATOR, tax));
const paperPlugin = plugin('paper', (registry) => {
  registry.add(PROCESSOR_ADAPTER, processor);
  registry.add(FULFILLMENT_PROVIDER, fulfillment);
});

/** The lines with which a configuration is refused. */
async function refusal(plugins: readonly ConfiguredPlugin[], routes: Routes = ROUTES): Promise<readonly string[]> {
  const thrown: unknown = await loadPlugins({ plugins, routes, logger }).catch((error: unknown) => error);
  return isPluginSetupError(thrown) ? thrown.lines : [];
}

/** The line with which a provider is refused that differs from a good one in some fields. */
async function refused(change: object): Promise<string | undefined> {
  const changed = plugin('changed', (registry) => registry.add(PROCESSOR_ADAPTER, { ...processor, ...change }));
  return (await refusal([taxPlugin, changed]))[0];
}

it('says what serves: providers, their plugins and versions', async () => {
  const plugins = await loadPlugins({ plugins: [taxPlugin, paperPlugin], routes: ROUTES, logger });
  expect(plugins.describe()).toEqual([
    { name: 'tax-flat', version: '1.2.3', contractVersion: 1, provides: [{ kind: 'tax_calculator', id: 'flat' }] },
    {
      name: 'paper',
      version: '1.2.3',
      contractVersion: 1,
      provides: [
        { kind: 'fulfillment_provider', id: 'paint' },
        { kind: 'processor_adapter', id: 'paper' },
      ],
    },
  ]);
  expect(plugins.ids()).toEqual({ tax: ['flat'], processors: ['paper'], fulfillment: ['paint'] });
  expect(plugins.servedBy({ kind: PROCESSOR_ADAPTER, id: 'paper' })).toEqual({
    name: 'paper',
    version: '1.2.3',
    contractVersion: 1,
  });
  expect(plugins.processor('paper')).toMatchObject({ displayName: 'Paper', capabilities });
  expect(plugins.fulfillment('paint')).toMatchObject({ displayName: 'Paint', reach: 'outside' });
});

it('routes each mode to its processor, and says what to do about a mode without one', async () => {
  const plugins = await loadPlugins({ plugins: [taxPlugin, paperPlugin], routes: ROUTES, logger });
  const euros = { currency: 'EUR', lines: [] } as const;
  expect(plugins.routesFor({ ...euros, mode: 'test' })).toEqual({ processor: 'paper', taxCalculator: 'flat' });
  expect(() => plugins.routesFor({ ...euros, mode: 'live' })).toThrow('name one as routes.processor.live');
});

it('throws plugin_missing for an id that nothing provides', async () => {
  const plugins = await loadPlugins({ plugins: [taxPlugin], routes: { processor: {}, tax: 'flat' }, logger });
  expect(() => plugins.processor('stripe')).toThrow(expect.objectContaining({ code: 'plugin_missing' }));
});

it('keeps the providers of two installations in one process apart', async () => {
  await loadPlugins({ plugins: [taxPlugin, paperPlugin], routes: ROUTES, logger });
  const other = await loadPlugins({ plugins: [taxPlugin], routes: { processor: {}, tax: 'flat' }, logger });
  expect(other.ids()).toEqual({ tax: ['flat'], processors: [], fulfillment: [] });
});

it('refuses a plugin that is configured twice', async () => {
  await expect(refusal([taxPlugin, paperPlugin, taxPlugin])).resolves.toContain(
    'plugin tax-flat is configured twice: remove one of the entries',
  );
});

it('refuses two plugins that provide the same id, naming the first', async () => {
  const second = plugin('tax-other', (registry) => registry.add(TAX_CALCULATOR, tax));
  await expect(refusal([taxPlugin, paperPlugin, second])).resolves.toEqual([
    "plugin tax-other: tax_calculator 'flat' is already provided by plugin tax-flat",
  ]);
});

it('refuses a contract version that it does not know', async () => {
  const [line] = await refusal([taxPlugin, { ...paperPlugin, contractVersion: 2 }]);
  expect(line).toBe(
    'plugin paper 1.2.3 is written for contract version 2, this engine knows 1: install a version of the plugin that fits',
  );
});

it('refuses options that do not parse, naming their path', async () => {
  const strict = definePlugin({
    name: 'strict',
    version: '1.0.0',
    contractVersion: 1,
    options: z.strictObject({ origin: z.url() }),
    register() {},
  });
  await expect(refusal([taxPlugin, paperPlugin, strict({ origin: 'here' })])).resolves.toEqual([
    "plugin strict: options of plugin strict don't parse: options.origin: Invalid URL",
  ]);
});

it('tells all problems of a configuration at once, one line each', async () => {
  const throwing = plugin('throwing', () => {
    throw new Error('no\nlicense');
  });
  await expect(refusal([taxPlugin, taxPlugin, throwing])).resolves.toEqual([
    'plugin tax-flat is configured twice: remove one of the entries',
    "plugin tax-flat: tax_calculator 'flat' is already provided by plugin tax-flat",
    'plugin throwing: no license',
  ]);
});

it('refuses routes to providers that are not there, and says which are', async () => {
  await expect(refusal([taxPlugin, paperPlugin], { processor: { live: 'stripe' }, tax: 'table' })).resolves.toEqual([
    "routes.processor.live: no plugin provides the processor_adapter 'stripe'; there is 'paper'",
    "routes.tax: no plugin provides the tax_calculator 'table'; there is 'flat'",
  ]);
});

it.each([
  [{ cancel: undefined }, 'has no cancel()'],
  [{ refund: 'yes' }, 'has no refund()'],
  [{ completePayment: true }, 'declares completePayment without a function'],
  [{ id: 'Paper Money' }, "has an id that is not like 'tax-table'"],
  [{ displayName: '' }, 'has no displayName'],
  [{ capabilities: undefined }, 'has capabilities.currencies'],
  [{ capabilities: { ...capabilities, currencies: ['DOGE'] } }, 'has capabilities.currencies'],
  [{ capabilities: { ...capabilities, minimumAmount: { EUR: 0.5 } } }, 'has capabilities.minimumAmount'],
  [
    { capabilities: { ...capabilities, idempotencyKeyLifeSeconds: Infinity } },
    'has capabilities.idempotencyKeyLifeSeconds',
  ],
  [{ capabilities: { ...capabilities, paymentProvider: 'paper' } }, 'has a capabilities.paymentProvider'],
])('refuses a processor that differs by %j', async (change, problem) => {
  expect(await refused(change)).toContain(problem);
});

it('refuses calculators that void without committing and fulfillment without a settings schema', async () => {
  const halfTax = plugin('half-tax', (registry) => registry.add(TAX_CALCULATOR, { ...tax, async void() {} }));
  const bare = { ...fulfillment, settings: { parse: () => null } };
  // @ts-expect-error: what a plugin in plain JavaScript may do
  const bareFulfillment = plugin('bare', (registry) => registry.add(FULFILLMENT_PROVIDER, bare));
  await expect(refusal([halfTax, bareFulfillment])).resolves.toEqual([
    "plugin half-tax: tax_calculator 'flat' declares void() without commit()",
    "plugin bare: fulfillment_provider 'paint' has no settings schema (Standard Schema, version 1)",
  ]);
});

it('takes providers that are instances of a class', async () => {
  class Flat {
    readonly id = 'flat';
    async calculate() {
      return { lines: [] };
    }
  }
  const classy = plugin('classy', (registry) => registry.add(TAX_CALCULATOR, new Flat()));
  const plugins = await loadPlugins({ plugins: [classy], routes: { processor: {}, tax: 'flat' }, logger });
  expect(plugins.ids().tax).toEqual(['flat']);
});

it("parses a product's settings with the provider's schema, and names the path of what it refuses", async () => {
  const plugins = await loadPlugins({ plugins: [taxPlugin, paperPlugin], routes: ROUTES, logger });
  await expect(plugins.parseSettings({ provider: 'paint', settings: { color: 'red', sizes: [1] } })).resolves.toEqual({
    color: 'red',
    sizes: [1],
  });
  await expect(
    plugins.parseSettings({ provider: 'paint', settings: { color: 'red', sizes: [1, 'two'] } }),
  ).rejects.toMatchObject({
    code: 'INVALID_REQUEST_BODY',
    message: 'settings.sizes.1: Invalid input: expected number, received string',
  });
});
