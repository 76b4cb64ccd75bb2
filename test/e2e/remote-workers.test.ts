import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stateQuery } from '@payonce/engine/messages';
import DodoPayments from 'dodopayments';
import { eventually } from '../support/eventually.js';
import { textOf } from '../support/history-text.js';
import type { Environment } from './environment.js';
import { payByForms } from './http-buyer.js';
import { withRemoteSeats } from './remote-workers/configured.js';
import { LANGUAGES, SPOKEN } from './remote-workers/languages.js';
import type { Language } from './remote-workers/languages.js';
import { providerKey, runForeignWorker } from './remote-workers/run.js';
import type { ForeignWorker } from './remote-workers/run.js';
import { startWholeSystem } from './whole-system.js';
import type { WholeSystem } from './whole-system.js';

let system: WholeSystem;
let client: DodoPayments;
let environment: Environment;
const sold = new Map<Language, Awaited<ReturnType<typeof sell>>>();
const workers: ForeignWorker[] = [];

beforeAll(async () => {
  system = await startWholeSystem({ label: 'remote workers', configured: (told) => remember(told) });
  client = new DodoPayments({ bearerToken: system.key, baseURL: system.url });
  for (const language of SPOKEN) sold.set(language, await sell(language));
  await new Promise((resolve) => setTimeout(resolve, 25_000));
}, 120_000);

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await system.close();
}, 60_000);

function remember(told: Parameters<typeof withRemoteSeats>[0]): Promise<string> {
  environment = told;
  return withRemoteSeats(told);
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
  const key = await providerKey({ system, environment, business, provider: `seats-${language}` });
  const worker = await runForeignWorker({
    command,
    environment: {
      TEMPORAL_ADDRESS: environment.TEMPORAL_ADDRESS,
      TEMPORAL_NAMESPACE: environment.TEMPORAL_NAMESPACE,
      TASK_QUEUE: queueOf(language),
      PAYONCE_URL: system.url,
      PAYONCE_PROVIDER_KEY: key,
      SEATS_DATABASE: join(environment.FILES_DIR, `${language}.sqlite`),
    },
  });
  workers.push(worker);
  return worker;
}

const refund = (payment: string, items?: { item_id: string; amount: number }[]) =>
  client.refunds.create({ payment_id: payment, ...(items !== undefined && { items }) });

const inPython = LANGUAGES.python === undefined ? describe.skip : describe;

describe('a provider whose worker is written in JavaScript', () => {
  sellsRemotely('node');
});
inPython('a provider whose worker is written in Python', () => {
  sellsRemotely('python');
});

function sellsRemotely(language: Language): void {
  it('is waited for in sight, while keys are handed over and refunds are made', async () => {
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

  it('hands over when it comes, and takes back what was refunded', async () => {
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
}
