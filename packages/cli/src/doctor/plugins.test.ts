import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readConfig } from '../config.js';
import { examinePlugins } from './plugins.js';

/** Two processors and a calculator, as a third party's build leaves them: no import of ours. */
const PLUGINS = `
const answer = async () => {};
const capabilities = { currencies: 'all', notFoundFinalAfterSeconds: 0, idempotencyKeyLifeSeconds: 60, minimumAmount: {}, webhooks: false, paymentProvider: 'dodo' };
const verbs = { createPayment: answer, retrievePayment: answer, cancel: answer, refund: answer, retrieveRefund: answer, parseWebhook: answer };
export const plugin = {
  name: 'acme', version: '1.0.0', contractVersion: 1,
  async load(registry) {
    for (const id of ['bank', 'card']) registry.add({ name: 'processor_adapter' }, { id, displayName: id, capabilities, ...verbs });
    registry.add({ name: 'tax_calculator' }, { id: 'table', calculate: answer });
  },
};`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payonce-doctor-'));
  await writeFile(join(folder, 'plugins.mjs'), PLUGINS);
});

afterAll(() => rm(folder, { recursive: true }));

let written = 0;

/** What the doctor finds in an installation with these routes. */
async function examined(routes: object) {
  const file = join(folder, `payonce-${(written += 1)}.config.mjs`);
  await writeFile(
    file,
    `import { plugin } from './plugins.mjs';\nexport default { plugins: [plugin], routes: ${JSON.stringify(routes)} };`,
  );
  const unreached = { MONGODB_URI: 'mongodb://127.0.0.1:1', TEMPORAL_ADDRESS: '127.0.0.1:1' };
  return examinePlugins(readConfig({ PAYONCE_ENV: 'development', PAYONCE_CONFIG: file, ...unreached }));
}

it('says who takes the money, in rules too', async () => {
  const live = [{ use: 'bank', currencies: ['CHF'], countries: ['CH'] }, { use: 'card' }];
  expect(await examined({ processor: { live }, tax: 'table' })).toMatchObject({
    problems: [],
    note: expect.stringContaining('test mode by nobody, live mode by bank, card'),
  });
});

it('says of every rule that cannot work what to change, one line each', async () => {
  const { problems } = await examined({
    processor: { live: [{ use: 'bank', currencies: ['CHF', 'FRANC'] }], test: [{ use: 'card' }, { use: 'bank' }] },
    tax: { rules: [{ use: 'vat', countries: ['Germany'] }], fallback: 'table' },
  });
  expect(problems).toEqual([
    'routes.processor.test.1 can never match: the rules before it take everything; move it up, or take it out',
    "routes.processor.live.0.currencies: 'FRANC' is unknown: write it like 'CHF'",
    "routes.tax.rules.0.use: no plugin provides the tax_calculator 'vat'; there is 'table'",
    "routes.tax.rules.0.countries: 'Germany' is unknown: write it like 'CH'",
  ]);
});
