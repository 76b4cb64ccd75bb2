import { expect, it } from '@jest/globals';
import { FULFILLMENT_PROVIDER, PROCESSOR_ADAPTER, TAX_CALCULATOR, definePlugin } from '@payonce/plugin-sdk';
import type { FulfillmentProvider, ProcessorAdapter, TaxCalculator } from '@payonce/plugin-sdk';
import fc from 'fast-check';
import { z } from 'zod';
import { classify, loadPlugins } from './index.js';
import type { Plugins } from './index.js';

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const options = { idempotencyKey: 'pay_1:charge:1', mode: 'test' } as const;
const charge = {
  ...options,
  business: 'bus_1',
  reference: 'att_1',
  amount: { amount: 1999, currency: 'EUR' },
  description: 'Font',
  returnUrl: 'https://shop.example/back',
  customer: { id: 'cus_1', email: 'a@example.com', name: 'A' },
} as const;
const grant = {
  id: 'entg_1',
  payment: 'pay_1',
  business: 'bus_1',
  mode: 'test',
  product: 'pdt_1',
  productName: 'Font',
  unit: 0,
  customer: { id: 'cus_1', email: 'a@example.com', name: 'A' },
  settings: {},
} as const;
const taxed = {
  ...options,
  seller: { business: 'bus_1' },
  buyer: { country: 'DE', kind: 'consumer' },
  currency: 'EUR',
  date: '2026-11-23',
  lines: [{ id: 'line_0', product: 'pdt_1', category: 'saas', amount: 100, inclusive: false }],
} as const;

/** Plugins of which every verb answers what it is told to, whatever its contract says. */
async function answering(answer: () => unknown, more: Partial<ProcessorAdapter> = {}): Promise<Plugins> {
  const told = async (): Promise<never> => answer() as never;
  const settings = { '~standard': { version: 1, vendor: 'test', validate: told } } as const;
  const capabilities = {
    currencies: 'all',
    notFoundFinalAfterSeconds: 0,
    idempotencyKeyLifeSeconds: 60,
    minimumAmount: {},
    webhooks: true,
    paymentProvider: 'dodo',
  } as const;
  const verbs = {
    createPayment: told,
    retrievePayment: told,
    cancel: told,
    refund: told,
    retrieveRefund: told,
    parseWebhook: told,
  };
  const processor: ProcessorAdapter = { id: 'told', displayName: 'Told', capabilities, ...verbs, ...more };
  const fulfillment: FulfillmentProvider = {
    id: 'told',
    displayName: 'Told',
    reach: 'outside',
    describe: () => ({ summary: 'Goods for tests.', settings: { type: 'object' } }),
    settings,
    fulfill: told,
    revoke: told,
  };
  const tax: TaxCalculator = { id: 'told', calculate: told, commit: told, void: told };
  const plugin = definePlugin({
    name: 'told',
    version: '1.0.0',
    contractVersion: 1,
    options: z.strictObject({}),
    register(registry) {
      registry.add(PROCESSOR_ADAPTER, processor);
      registry.add(FULFILLMENT_PROVIDER, fulfillment);
      registry.add(TAX_CALCULATOR, tax);
    },
  });
  return loadPlugins({ plugins: [plugin()], routes: { processor: {}, tax: 'told' }, logger });
}

const succeeded = (captured: unknown, more = {}) => ({ status: 'succeeded', processorRef: 'ch_1', captured, ...more });

it.each([
  ['money that is not whole', succeeded({ amount: 19.99, currency: 'EUR' })],
  ['negative money', succeeded({ amount: -1, currency: 'EUR' })],
  ['more than can be counted exactly', succeeded({ amount: 2 ** 53, currency: 'EUR' })],
  ['a currency that does not exist', succeeded({ amount: 1999, currency: 'DOGE' })],
  ['a currency that every object has', succeeded({ amount: 1999, currency: 'toString' })],
  ['a text as amount', succeeded({ amount: '1999', currency: 'EUR' })],
  ['all digits of the card', succeeded({ amount: 1999, currency: 'EUR' }, { card: { last4: '4242424242424242' } })],
  [
    'a redirect to a script',
    { status: 'requires_action', processorRef: 'ch_1', action: { type: 'redirect', url: 'javascript:alert(1)' } },
  ],
  ['a decline of its own', { status: 'failed', declineCode: 'MOON_PHASE', message: 'no' }],
  ['nothing found, for a charge', { status: 'not_found' }],
  ['no reference', { status: 'processing' }],
])('does not believe a processor that answers %s, so the outcome is unknown', async (_, answer) => {
  const plugins = await answering(() => answer);
  const thrown: unknown = await plugins
    .processor('told')
    .createPayment(charge)
    .catch((error: unknown) => error);
  expect(classify(thrown)).toMatchObject({ kind: 'invalid_answer' });
});

it('hands on what a processor captured, also when it is not what was asked', async () => {
  const captured = { amount: 1, currency: 'JPY' };
  const plugins = await answering(() => succeeded(captured));
  await expect(plugins.processor('told').createPayment(charge)).resolves.toMatchObject({ captured });
});

it('looks a payment up where the adapter has nothing to complete, without the words of the redirect', async () => {
  let seen: object = {};
  const looked: Partial<ProcessorAdapter> = {
    async retrievePayment(request) {
      seen = request;
      return { status: 'not_found' };
    },
  };
  const plugins = await answering(() => undefined, looked);
  const answer = plugins
    .processor('told')
    .completePayment({ ...options, business: 'bus_1', reference: 'att_1', query: { status: 'succeeded' } });
  await expect(answer).resolves.toEqual({ status: 'not_found' });
  expect(seen).toMatchObject({ reference: 'att_1' });
  expect(seen).not.toHaveProperty('query');
});

it('says of an adapter that authorizes and cannot capture that it cannot', async () => {
  const plugins = await answering(() => undefined);
  const thrown: unknown = await plugins
    .processor('told')
    .capture({ ...options, business: 'bus_1', reference: 'att_1', amount: charge.amount })
    .catch((error: unknown) => error);
  expect(classify(thrown)).toMatchObject({ kind: 'permanent', code: 'capture_missing' });
});

it('sets nothing aside at a provider whose goods do not run out', async () => {
  const goods = (await answering(() => undefined)).fulfillment('told');
  expect(goods.reserves).toBe(false);
  await expect(goods.reserve({ ...options, grant })).resolves.toEqual({ outcome: 'reserved' });
  await expect(goods.release({ ...options, grant })).resolves.toBeUndefined();
});

it('hands the bytes of a webhook over unchanged', async () => {
  let seen: Uint8Array | undefined;
  const parsing: Partial<ProcessorAdapter> = {
    async parseWebhook({ body }) {
      seen = body;
      return { verified: true, account: 'acct_1', events: [] };
    },
  };
  const body = new TextEncoder().encode('{"a": 1}');
  const plugins = await answering(() => undefined, parsing);
  await plugins.processor('told').parseWebhook({ ...options, headers: {}, query: {}, body });
  expect(Array.from(seen ?? [])).toEqual(Array.from(body));
});

it('does not mind what revoke, commit and void answer', async () => {
  const plugins = await answering(() => ({ toJSON: 'x'.repeat(1_000_000) }));
  await expect(plugins.fulfillment('told').revoke({ ...options, grant, reason: 'refund' })).resolves.toBeUndefined();
  await expect(plugins.tax('told').commit({ ...options, payment: 'pay_1' })).resolves.toBeUndefined();
  await expect(plugins.tax('told').void({ ...options, payment: 'pay_1' })).resolves.toBeUndefined();
});

it('fails settings whose schema answers nonsense, without blaming the caller', async () => {
  const plugins = await answering(() => ({ value: () => 1 }));
  const thrown: unknown = await plugins
    .parseSettings({ provider: 'told', settings: {} })
    .catch((error: unknown) => error);
  expect(classify(thrown)).toMatchObject({ kind: 'invalid_answer' });
});

it('lets nothing but its contract through any verb, whatever comes back', async () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  let answer: unknown;
  const plugins = await answering(() => answer);
  const processor = plugins.processor('told');
  const verbs = [
    () => plugins.tax('told').calculate(taxed),
    () => processor.createPayment(charge),
    () => processor.retrievePayment({ ...options, business: 'bus_1', reference: 'att_1' }),
    () => processor.cancel({ ...options, business: 'bus_1', reference: 'att_1' }),
    () =>
      processor.refund({
        ...options,
        business: 'bus_1',
        reference: 'ref_1',
        payment: { reference: 'att_1', processorRef: 'ch_1' },
        amount: charge.amount,
      }),
    () => processor.retrieveRefund({ ...options, business: 'bus_1', reference: 'ref_1' }),
    () => processor.parseWebhook({ ...options, headers: {}, query: {}, body: new Uint8Array() }),
    () => plugins.fulfillment('told').fulfill({ ...options, grant }),
  ];
  const property = fc.asyncProperty(anything, fc.integer({ min: 0, max: verbs.length - 1 }), async (value, verb) => {
    answer = value;
    const thrown: unknown = await verbs[verb]?.().catch((error: unknown) => error);
    expect(['invalid_answer', 'other']).toContain(classify(thrown).kind);
  });
  await fc.assert(property, { numRuns: 2_000 });
});
