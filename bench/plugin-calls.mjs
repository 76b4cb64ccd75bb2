import { loadPlugins } from '../packages/engine/dist/plugins/index.js';
import { FULFILLMENT_PROVIDER, TAX_CALCULATOR, definePlugin } from '../packages/plugins/sdk/dist/index.js';
import { taxTable } from '../packages/plugins/tax-table/dist/index.js';
import { median } from './arithmetic.mjs';

const CALLS = 2_000;
const ROUNDS = 9;

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const call = { idempotencyKey: 'pay_1:quote', mode: 'test' };
const quote = {
  seller: { business: 'bus_1', country: 'DE' },
  buyer: { country: 'FR', kind: 'consumer' },
  currency: 'EUR',
  date: '2026-11-23',
  lines: [{ id: 'line_0', product: 'pdt_1', category: 'digital_products', amount: 1999, inclusive: true }],
};
const grant = {
  id: 'entg_1',
  payment: 'pay_1',
  business: 'bus_1',
  mode: 'test',
  product: 'pdt_1',
  productName: 'A font',
  unit: 0,
  customer: { id: 'cus_1', email: 'a@example.com', name: 'A' },
  settings: {},
};

/** The least that a provider can do: the rest of a call is ours. */
const idle = {
  id: 'idle',
  displayName: 'Idle',
  reach: 'own_stores',
  settings: { '~standard': { version: 1, vendor: 'bench', validate: (value) => ({ value }) } },
  describe: () => ({ summary: 'Hands over a word.', settings: { type: 'object' } }),
  fulfill: async () => ({ outcome: 'delivered', content: { kind: 'content', items: [{ label: 'Word', value: 'x' }] } }),
  revoke: async () => {},
};

/** What the registry, the deadline, the copy and the check of an answer add to a call of a plugin, in microseconds beside the bare call. Rounds alternate. */
export async function pluginCalls({ say }) {
  say('plugin calls');
  const bare = {};
  const plugins = await loadPlugins({
    plugins: await watchedPlugins(bare),
    routes: { processor: {}, tax: 'tax-table' },
    logger,
  });
  const signal = new AbortController().signal;
  return {
    'tax-table, calculate': await compare({
      bare: () => bare.tax.calculate({ ...quote, ...call, signal, logger }),
      guarded: () => plugins.tax('tax-table').calculate({ ...quote, ...call }),
    }),
    'a provider that does nothing, fulfill': await compare({
      bare: () => idle.fulfill({ grant, ...call, signal, logger }),
      guarded: () => plugins.fulfillment('idle').fulfill({ grant, ...call }),
    }),
  };
}

/** The plugins of the measurement; the calculator is kept to be called without the engine, too. */
async function watchedPlugins(bare) {
  await taxTable().load({ add: (kind, provider) => kind.name === TAX_CALCULATOR.name && (bare.tax = provider) });
  const nothing = definePlugin({
    name: 'idle',
    version: '1.0.0',
    contractVersion: 1,
    options: idle.settings,
    register: (registry) => registry.add(FULFILLMENT_PROVIDER, idle),
  });
  return [taxTable(), nothing()];
}

async function compare({ bare, guarded }) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({ bare: await micros(bare), guarded: await micros(guarded) });
  const middle = (name) => median(rounds.slice(1).map((each) => each[name]));
  return { bareUs: middle('bare'), guardedUs: middle('guarded') };
}

async function micros(work) {
  const started = process.hrtime.bigint();
  for (let done = 0; done < CALLS; done += 1) await work();
  return Number(process.hrtime.bigint() - started) / 1_000 / CALLS;
}
