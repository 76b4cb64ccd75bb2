import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSecrets } from '@payonce/engine/adapters';
import { stateQuery } from '@payonce/engine/messages';
import DodoPayments from 'dodopayments';
import { issueKey } from '../../packages/cli/src/setup/keys.js';
import { pythonWith } from '../setup/python-program.js';
import { eventually } from '../support/eventually.js';
import { textOf } from '../support/history-text.js';
import type { Environment } from './environment.js';
import { payByForms } from './http-buyer.js';
import { runForeignWorker } from './remote-workers/run.js';
import type { ForeignWorker } from './remote-workers/run.js';
import { startWholeSystem } from './whole-system.js';
import type { WholeSystem } from './whole-system.js';

const PYTHON = await pythonWith({
  requirements: new URL('../../examples/remote-worker-python/requirements.txt', import.meta.url),
});
const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The same provider twice, by people who share nothing but the documentation. */
const LANGUAGES: Readonly<Record<'node' | 'python', readonly [string, ...string[]] | undefined>> = {
  node: [process.execPath, path('remote-workers/worker.mjs')],
  python: PYTHON === undefined ? undefined : [PYTHON, path('../../examples/remote-worker-python/worker.py')],
};
type Language = keyof typeof LANGUAGES;
const SPOKEN = (['node', 'python'] as const).filter((language) => LANGUAGES[language] !== undefined);

let system: WholeSystem;
let client: DodoPayments;
let environment: Environment;
let folder: string;
const sold = new Map<Language, Awaited<ReturnType<typeof sell>>>();
const workers: ForeignWorker[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payonce-remote-'));
  system = await startWholeSystem({ label: 'remote workers', configured });
  client = new DodoPayments({ bearerToken: system.key, baseURL: system.url });
  for (const language of SPOKEN) sold.set(language, await sell(language));
  await new Promise((resolve) => setTimeout(resolve, 25_000));
}, 120_000);

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await system.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

/** A configuration as an operator writes it: nothing of the workers is in it. */
async function configured(told: Environment & { readonly SANDBOX_URL: string }): Promise<string> {
  environment = told;
  const { SANDBOX_URL: origin, SANDBOX_SECRET_KEY: secretKey, SANDBOX_WEBHOOK_SECRET: webhookSecret } = told;
  const source = (name: string): string =>
    JSON.stringify(new URL(`../../packages/plugins/${name}`, import.meta.url).href);
  const file = join(told.FILES_DIR, 'payonce.config.mjs');
  await writeFile(
    file,
    `import { bundledPlugins, bundledRoutes } from ${source('bundled/src/index.ts')};
    import { fulfillmentRemote } from ${source('fulfillment-remote/src/index.ts')};
    const options = { sandbox: ${JSON.stringify({ origin, secretKey, webhookSecret })} };
    const seats = (id) => fulfillmentRemote({
      id,
      displayName: 'Acme seats',
      taskQueue: id + ${JSON.stringify(`-${told.TASK_QUEUE_PREFIX}`)},
      summary: 'A seat.',
      settings: { type: 'object', properties: { hall: { type: 'string' } }, required: ['hall'] },
    });
    export default {
      plugins: [...bundledPlugins(options), seats('seats-node'), seats('seats-python')],
      routes: bundledRoutes(options),
    };`,
  );
  return file;
}

const queueOf = (language: Language): string => `seats-${language}-${environment.TASK_QUEUE_PREFIX}-test`;

/** Sells a seat with a license key beside it. */
async function sell(language: Language) {
  const email = `${language}.buyer@example.com`;
  const entitlement = await client.entitlements.create({
    name: 'A seat',
    integration_type: 'feature_flag',
    integration_config: { feature_type: 'boolean', feature_id: 'seats' },
    ...{ provider: `seats-${language}`, settings: { hall: 'Row' } },
  });
  const { product_id } = await client.products.create({
    name: 'A play',
    tax_category: 'digital_products',
    price: {
      type: 'one_time_price',
      currency: 'EUR',
      price: 2500,
      discount: 0,
      tax_inclusive: true,
      purchasing_power_parity: false,
    },
    license_key_enabled: true,
    entitlements: [{ entitlement_id: entitlement.id }],
  });
  const { session_id, checkout_url } = await client.checkoutSessions.create({
    product_cart: [{ product_id, quantity: 1 }],
    customer: { email, name: 'Ann Buyer' },
  });
  await payByForms({ checkoutUrl: checkout_url ?? '', card: '4242424242424242', email });
  const { payment_id } = await client.checkoutSessions.retrieve(session_id);
  return { entitlement: entitlement.id, product: product_id, session: session_id, payment: payment_id ?? '', email };
}

function soldBy(language: Language) {
  const sale = sold.get(language);
  if (sale === undefined) throw new Error(`nothing was sold for ${language}`);
  return sale;
}

const workflowOf = (language: Language) => system.temporal.workflow.getHandle(`purchase/${soldBy(language).session}`);
const viewOf = (language: Language) => workflowOf(language).query(stateQuery);
const seatOf = async (language: Language) => {
  const [grant] = (await client.entitlements.grants.list(soldBy(language).entitlement)).items;
  return grant;
};

async function startWorker(language: Language): Promise<ForeignWorker> {
  const { business } = (await system.stores.payments.find(soldBy(language).payment as `pay_${string}`)) ?? {};
  const command = LANGUAGES[language];
  if (business === undefined || command === undefined) throw new Error('nothing to start');
  const key = await issueKey(
    { stores: system.stores, secrets: createSecrets({ key: environment.PAYONCE_SECRET }) },
    { business, mode: 'test', name: language, provider: `seats-${language}` },
  );
  const worker = await runForeignWorker({
    command,
    environment: {
      TEMPORAL_ADDRESS: environment.TEMPORAL_ADDRESS,
      TEMPORAL_NAMESPACE: environment.TEMPORAL_NAMESPACE,
      TASK_QUEUE: queueOf(language),
      PAYONCE_URL: system.url,
      PAYONCE_PROVIDER_KEY: key,
      SEATS_DATABASE: join(folder, `${language}.sqlite`),
    },
  });
  workers.push(worker);
  return worker;
}

const refund = (payment: string, items?: { item_id: string; amount: number }[]) =>
  client.refunds.create({ payment_id: payment, ...(items !== undefined && { items }) });

describe.each(['node', 'python'] as const)('a provider whose worker is written in %s', (language) => {
  const told = LANGUAGES[language] === undefined ? it.skip : it;

  told('is waited for in sight, while keys are handed over and refunds are made', async () => {
    const { payment, product } = soldBy(language);
    const view = await eventually(
      () => viewOf(language),
      ({ attention }) => attention.length > 0,
    );
    expect(view.waitsFor).toBe(`a worker on task queue ${queueOf(language)}`);
    expect((await seatOf(language))?.status).toBe('Pending');
    expect((await client.licenseKeys.list({ product_id: product })).items).toHaveLength(1);
    await refund(payment, [{ item_id: product, amount: 100 }]);
    await eventually(
      () => client.payments.retrieve(payment),
      ({ refund_status }) => refund_status === 'partial',
    );
  });

  told('hands over when it comes, and takes back what was refunded', async () => {
    const { payment, session, email } = soldBy(language);
    const worker = await startWorker(language);
    const seat = await eventually(
      () => seatOf(language),
      (grant) => grant?.status === 'Delivered',
    );
    const page = await (await fetch(`${system.url}/session/${session}`)).text();
    expect(page).toContain('Row1');
    await eventually(
      () => viewOf(language),
      ({ waitsFor }) => waitsFor === 'the refund window to close',
    );
    await refund(payment);
    await eventually(async () => worker.said().includes(`revoked ${seat?.id}`));
    expect(worker.said()).toEqual(['working', `delivered ${seat?.id}`, `revoked ${seat?.id}`]);
    expect((await seatOf(language))?.status).toBe('Revoked');
    await eventually(
      () => viewOf(language),
      ({ refundsInProgress, attention }) => refundsInProgress.length + attention.length === 0,
    );
    const text = await textOf(workflowOf(language));
    expect(['Row1', email, 'Ann', 'payonce_provider'].filter((word) => text.includes(word))).toEqual([]);
  });
});
