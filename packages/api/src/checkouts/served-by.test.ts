import { expect, it } from '@jest/globals';
import type { CartLine } from '@payonce/engine/domain';
import { loadPlugins } from '@payonce/engine/plugins';
import { FULFILLMENT_PROVIDER, PROCESSOR_ADAPTER, TAX_CALCULATOR, definePlugin } from '@payonce/plugin-sdk';
import type { PluginRegistry } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { servedByNow } from './served-by.js';

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const unasked = async (): Promise<never> => Promise.reject(new Error('not asked in this test'));

const plugin = (name: string, register: (registry: PluginRegistry) => void) =>
  definePlugin({ name, version: '1.2.3', contractVersion: 1, options: z.strictObject({}), register })();

const processor = (id: string) =>
  plugin(`processor-${id}`, (registry) =>
    registry.add(PROCESSOR_ADAPTER, {
      id,
      displayName: id,
      capabilities: {
        currencies: 'all',
        notFoundFinalAfterSeconds: 0,
        idempotencyKeyLifeSeconds: 60,
        minimumAmount: {},
        webhooks: false,
        paymentProvider: 'dodo',
      },
      createPayment: unasked,
      retrievePayment: unasked,
      cancel: unasked,
      refund: unasked,
      retrieveRefund: unasked,
      parseWebhook: unasked,
    }),
  );
const tax = (id: string) => plugin(`tax-${id}`, (registry) => registry.add(TAX_CALCULATOR, { id, calculate: unasked }));
const goods = (id: string) =>
  plugin(`goods-${id}`, (registry) =>
    registry.add(FULFILLMENT_PROVIDER, {
      id,
      displayName: id,
      reach: 'own_stores',
      settings: z.json(),
      describe: () => ({ summary: 'Goods for tests.', settings: { type: 'object' } }),
      fulfill: unasked,
      revoke: unasked,
    }),
  );

const line = (category: CartLine['category'], providers: readonly string[]): CartLine => ({
  id: 'line_0',
  product: 'pdt_1',
  name: 'Thing',
  description: null,
  image: null,
  category,
  quantity: 1,
  unitPrice: 1000,
  discountBps: 0,
  taxInclusive: true,
  entitlements: providers.map((provider) => ({ id: 'ent_1', provider, settings: {}, reach: 'own_stores' })),
});

it('records everybody who may serve a purchase, by plugin and version, and nobody else', async () => {
  const plugins = await loadPlugins({
    plugins: [
      ...['bank', 'card', 'other'].map(processor),
      ...['table', 'books', 'saas'].map(tax),
      ...['keys', 'files', 'seats'].map(goods),
    ],
    routes: {
      processor: {
        test: [
          { use: 'bank', currencies: ['CHF'], countries: ['CH'] },
          { use: 'other', currencies: ['JPY'] },
          { use: 'card' },
        ],
      },
      tax: {
        rules: [
          { use: 'books', categories: ['e_book'], countries: ['DE'] },
          { use: 'saas', categories: ['saas'] },
        ],
        fallback: 'table',
      },
    },
    logger,
  });
  const lines = [line('e_book', ['keys', 'files']), line('digital_products', ['keys'])];
  const served = servedByNow(plugins, { mode: 'test', currency: 'CHF', lines });
  expect(served).toMatchObject({
    processor: 'card',
    processorRules: [{ use: 'bank', countries: ['CH'] }],
    taxCalculator: 'table',
    taxRules: [{ use: 'books' }],
  });
  expect(served.plugins).toEqual(
    ['processor-bank', 'processor-card', 'tax-books', 'tax-table', 'goods-keys', 'goods-files'].map((name) => ({
      name,
      version: '1.2.3',
      contractVersion: 1,
    })),
  );
});
