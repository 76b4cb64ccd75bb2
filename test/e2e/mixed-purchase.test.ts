import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createSecrets } from '@payonce/engine/adapters';
import { retryFulfillmentUpdate, stateQuery } from '@payonce/engine/messages';
import DodoPayments from 'dodopayments';
import { issueKey } from '../../packages/cli/src/setup/keys.js';
import { eventually } from '../support/eventually.js';
import type { Environment } from './environment.js';
import { payByForms } from './http-buyer.js';
import { runForeignWorker } from './remote-workers/run.js';
import type { ForeignWorker } from './remote-workers/run.js';
import { startWholeSystem } from './whole-system.js';
import type { WholeSystem } from './whole-system.js';

const SLOW = 120_000;

let system: WholeSystem;
let client: DodoPayments;
let environment: Environment;
let worker: ForeignWorker | undefined;

beforeAll(async () => {
  system = await startWholeSystem({ label: 'mixed purchase', configured });
  client = new DodoPayments({ bearerToken: system.key, baseURL: system.url });
}, SLOW);

afterAll(async () => {
  await worker?.stop();
  await system.close();
}, SLOW);

const atOpening = (): string => join(environment.FILES_DIR, 'open');

/** The bundled plugins, a provider that refuses for good until it opens, and one whose worker is somewhere else. */
async function configured(told: Environment & { readonly SANDBOX_URL: string }): Promise<string> {
  environment = told;
  const { SANDBOX_URL: origin, SANDBOX_SECRET_KEY: secretKey, SANDBOX_WEBHOOK_SECRET: webhookSecret } = told;
  const source = (name: string): string =>
    JSON.stringify(new URL(`../../packages/plugins/${name}/src/index.ts`, import.meta.url).href);
  const file = join(told.FILES_DIR, 'payonce.config.mjs');
  await writeFile(
    file,
    `import { existsSync } from 'node:fs';
    import { FULFILLMENT_PROVIDER, PermanentError, definePlugin } from ${source('sdk')};
    import { bundledPlugins, bundledRoutes } from ${source('bundled')};
    import { fulfillmentRemote } from ${source('fulfillment-remote')};
    const anything = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } };
    const forum = definePlugin({
      name: 'forum',
      version: '1.0.0',
      contractVersion: 1,
      options: anything,
      register: (registry) => registry.add(FULFILLMENT_PROVIDER, {
        id: 'forum',
        displayName: 'Forum',
        reach: 'outside',
        settings: anything,
        describe: () => ({ summary: 'A seat in the forum.', settings: { type: 'object' } }),
        async fulfill() {
          if (!existsSync(${JSON.stringify(join(told.FILES_DIR, 'open'))}))
            throw new PermanentError({ code: 'forum_closed', message: 'the forum is not open yet' });
          return { outcome: 'delivered', content: { kind: 'content', items: [{ label: 'Forum', value: 'come in' }] } };
        },
        async revoke() {},
      }),
    });
    const options = { sandbox: ${JSON.stringify({ origin, secretKey, webhookSecret })} };
    const seats = fulfillmentRemote({
      id: 'seats',
      displayName: 'Seats',
      taskQueue: ${JSON.stringify(`seats-${told.TASK_QUEUE_PREFIX}`)},
      summary: 'A seat.',
      settings: { type: 'object', properties: { hall: { type: 'string' } }, required: ['hall'] },
    });
    export default { plugins: [...bundledPlugins(options), forum(), seats], routes: bundledRoutes(options) };`,
  );
  return file;
}

const THINGS: Readonly<Record<string, object>> = {
  'license-keys': { activationsLimit: 1, duration: null, activationMessage: null },
  files: { externalUrl: 'https://files.example/course.zip' },
  service: { instructions: 'Send us your draft.', dueDays: 7 },
  tickets: { name: 'Letterpress', startsAt: '2027-05-01T19:30:00+02:00', place: 'Hall 3', capacity: 5 },
  forum: {},
  seats: { hall: 'Row' },
};

/** Sells one of everything. Answers what was sold, by provider. */
async function sell() {
  const entitlements = new Map<string, string>();
  for (const [provider, settings] of Object.entries(THINGS)) {
    const { id } = await client.post<{ id: string }>('/entitlements', { body: { name: provider, provider, settings } });
    entitlements.set(provider, id);
  }
  const { product_id } = await client.products.create({
    name: 'Everything about letters',
    tax_category: 'edtech',
    price: {
      type: 'one_time_price',
      currency: 'EUR',
      price: 19_900,
      discount: 0,
      tax_inclusive: true,
      purchasing_power_parity: false,
    },
    entitlements: [...entitlements.values()].map((entitlement_id) => ({ entitlement_id })),
  });
  const { session_id, checkout_url } = await client.checkoutSessions.create({
    product_cart: [{ product_id, quantity: 1 }],
    customer: { email: 'ann@example.com', name: 'Ann Buyer' },
  });
  await payByForms({ checkoutUrl: checkout_url ?? '', card: '4242424242424242', email: 'ann@example.com' });
  const { payment_id } = await client.checkoutSessions.retrieve(session_id);
  return { entitlements, session: session_id, payment: payment_id ?? '' };
}

type Sold = Awaited<ReturnType<typeof sell>>;

/** How each thing stands, as the API tells. */
async function standing({ entitlements }: Sold): Promise<Readonly<Record<string, string>>> {
  const rows = await Promise.all(
    [...entitlements].map(async ([provider, id]) => {
      const [grant] = (await client.entitlements.grants.list(id)).items;
      const code = grant?.error_code == null ? '' : ` ${grant.error_code}`;
      return [provider, `${grant?.status}${code}`] as const;
    }),
  );
  return Object.fromEntries(rows);
}

const workflowOf = ({ session }: Sold) => system.temporal.workflow.getHandle(`purchase/${session}`);
const viewOf = (sold: Sold) => workflowOf(sold).query(stateQuery);

/** What the Temporal UI shows beside the purchase. */
async function shownInTemporal(sold: Sold): Promise<string> {
  const { currentDetails } = await workflowOf(sold).query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return currentDetails;
}

async function startSeats({ payment }: Sold): Promise<ForeignWorker> {
  const { business } = (await system.stores.payments.find(payment as `pay_${string}`)) ?? {};
  if (business === undefined) throw new Error('nothing was sold');
  const key = await issueKey(
    { stores: system.stores, secrets: createSecrets({ key: environment.PAYONCE_SECRET }) },
    { business, mode: 'test', name: 'seats', provider: 'seats' },
  );
  return runForeignWorker({
    command: [process.execPath, fileURLToPath(new URL('remote-workers/worker.mjs', import.meta.url))],
    environment: {
      TEMPORAL_ADDRESS: environment.TEMPORAL_ADDRESS,
      TEMPORAL_NAMESPACE: environment.TEMPORAL_NAMESPACE,
      TASK_QUEUE: `seats-${environment.TASK_QUEUE_PREFIX}-test`,
      PAYONCE_URL: system.url,
      PAYONCE_PROVIDER_KEY: key,
      SEATS_DATABASE: join(environment.FILES_DIR, 'seats.sqlite'),
    },
  });
}

it(
  'a purchase of many things hands over what it can, shows what keeps the others, and finishes when they can go on',
  async () => {
    const sold = await sell();
    const troubled = await eventually(
      () => viewOf(sold),
      ({ attention }) => attention.length === 2,
      60_000,
    );
    expect(await standing(sold)).toEqual({
      'license-keys': 'Delivered',
      files: 'Delivered',
      service: 'Pending',
      tickets: 'Delivered',
      forum: 'Failed forum_closed',
      seats: 'Pending',
    });
    const queue = `seats-${environment.TASK_QUEUE_PREFIX}-test`;
    const shown = await shownInTemporal(sold);
    expect(shown).toContain('forum_closed');
    expect(shown).toContain(queue);
    expect(troubled.attention.map(({ kind }) => kind)).toContain('grant');
    expect(await client.payments.retrieve(sold.payment)).toMatchObject({ status: 'succeeded' });
    const page = await (await fetch(`${system.url}/session/${sold.session}`)).text();
    expect(page).toContain('https://files.example/course.zip');

    await writeFile(atOpening(), '');
    await workflowOf(sold).executeUpdate(retryFulfillmentUpdate, { args: [{ actor: 'ann the operator' }] });
    await eventually(
      () => standing(sold),
      ({ forum }) => forum === 'Delivered',
    );
    worker = await startSeats(sold);
    await eventually(
      () => standing(sold),
      ({ seats }) => seats === 'Delivered',
      60_000,
    );
    const [todo] = (await client.entitlements.grants.list(sold.entitlements.get('service') ?? '')).items;
    await client.post('/fulfillment_providers/service/actions/complete', {
      body: { grant: todo?.id, items: [{ label: 'Your draft', value: 'read and commented' }] },
    });
    const done = await eventually(
      () => viewOf(sold),
      ({ waitsFor, attention }) => waitsFor === 'the refund window to close' && attention.length === 0,
      60_000,
    );
    expect(done.attention).toEqual([]);
    expect(new Set(Object.values(await standing(sold)))).toEqual(new Set(['Delivered']));
    expect(await (await fetch(`${system.url}/session/${sold.session}`)).text()).toContain('read and commented');
  },
  SLOW,
);
