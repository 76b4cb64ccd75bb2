import { expect, it } from '@jest/globals';
import {
  FULFILLMENT_PROVIDER,
  PROCESSOR_ADAPTER,
  RetryableError,
  TAX_CALCULATOR,
  definePlugin,
} from '@payonce/plugin-sdk';
import type {
  ActionRequest,
  FulfillmentActionDone,
  FulfillmentDescription,
  ProcessorActionDone,
  ProviderAction,
} from '@payonce/plugin-sdk';
import { z } from 'zod';
import { loadPlugins } from './index.js';

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const asked = {
  business: 'bus_1',
  mode: 'test',
  provider: 'tickets',
  action: 'check_in',
  input: { code: 'A1' },
  idempotencyKey: 'act_1',
} as const;

const unasked = async (): Promise<never> => Promise.reject(new Error('not asked in this test'));
const capabilities = {
  currencies: 'all',
  notFoundFinalAfterSeconds: 5,
  idempotencyKeyLifeSeconds: 86_400,
  minimumAmount: {},
  webhooks: false,
  paymentProvider: 'dodo',
} as const;
const processing = { status: 'processing', processorRef: 'ref' } as const;

/** An installation with a ticket provider, whose action answers this, and a bank processor: what a plugin in plain JavaScript may do. */
async function installed(answer: (request: ActionRequest) => unknown, describe: () => unknown = () => DESCRIPTION) {
  const action = <Done>(): ProviderAction<Done> => ({
    description: 'Admits the holder of a ticket.',
    input: z.strictObject({ code: z.string().min(1), gate: z.string().default('main') }),
    inputSchema: { type: 'object', properties: { code: { type: 'string', title: 'Code' } } },
    run: async (request) => answer(request) as Done,
  });
  const goods = {
    reach: 'own_stores',
    settings: z.json(),
    describe: () => DESCRIPTION,
    fulfill: unasked,
    revoke: unasked,
  } as const;
  const bundle = definePlugin({
    name: 'bundle',
    version: '1.0.0',
    contractVersion: 1,
    options: z.strictObject({}),
    register(registry) {
      registry.add(TAX_CALCULATOR, { id: 'flat', calculate: unasked });
      registry.add(FULFILLMENT_PROVIDER, { ...goods, id: 'plain', displayName: 'Plain' });
      registry.add(FULFILLMENT_PROVIDER, {
        ...goods,
        id: 'tickets',
        displayName: 'Tickets',
        describe: () => describe() as FulfillmentDescription,
        actions: { check_in: action<FulfillmentActionDone>() },
      });
      registry.add(PROCESSOR_ADAPTER, {
        id: 'bank',
        displayName: 'Bank transfer',
        capabilities,
        createPayment: unasked,
        retrievePayment: unasked,
        cancel: unasked,
        refund: unasked,
        retrieveRefund: unasked,
        parseWebhook: unasked,
        actions: { check_in: action<ProcessorActionDone>() },
      });
    },
  });
  return loadPlugins({ plugins: [bundle()], routes: { processor: {}, tax: 'flat' }, logger });
}

const DESCRIPTION = { summary: 'A place for one.', settings: { type: 'object', title: 'Ticket' } };
const ticket = { outcome: 'delivered', content: { kind: 'content', items: [{ label: 'Ticket', value: 'A1' }] } };

it('gives an action its parsed input, the business and the key of the request', async () => {
  let seen: ActionRequest | undefined;
  const plugins = await installed((request) => {
    seen = request;
    return { outcome: 'done', answer: { admitted: true } };
  });
  await expect(plugins.actions.ofFulfillment(asked)).resolves.toEqual({ outcome: 'done', answer: { admitted: true } });
  expect(seen).toMatchObject({
    business: 'bus_1',
    mode: 'test',
    idempotencyKey: 'act_1',
    input: { code: 'A1', gate: 'main' },
  });
});

it('passes on grants, events and refusals', async () => {
  const delivered = [{ grant: 'entg_1', delivered: ticket }];
  const answers: readonly unknown[] = [{ outcome: 'done', answer: null, delivered }];
  await expect((await installed(() => answers[0])).actions.ofFulfillment(asked)).resolves.toEqual(answers[0]);
  const events = [{ id: 'e1', kind: 'payment', reference: 'att_1', result: processing }];
  const done = { outcome: 'done', answer: [], events };
  await expect((await installed(() => done)).actions.ofProcessor({ ...asked, provider: 'bank' })).resolves.toEqual(
    done,
  );
  const refused = { outcome: 'refused', code: 'already_admitted', message: 'Admitted at 12:00.' };
  await expect((await installed(() => refused)).actions.ofFulfillment(asked)).resolves.toEqual(refused);
});

it('names the field that the schema of the action refuses, and asks nothing then', async () => {
  const plugins = await installed(() => {
    throw new Error('asked all the same');
  });
  await expect(plugins.actions.ofFulfillment({ ...asked, input: { code: '' } })).rejects.toMatchObject({
    code: 'INVALID_REQUEST_BODY',
    message: expect.stringMatching(/^code: /),
  });
  await expect(plugins.actions.ofFulfillment({ ...asked, input: undefined })).rejects.toMatchObject({
    code: 'INVALID_REQUEST_BODY',
  });
});

it.each([
  { provider: 'nobody' },
  { action: 'check_out' },
  { action: 'constructor' },
  { provider: 'plain' },
  { provider: 'bank' },
])('finds nothing at %j', async (change) => {
  const plugins = await installed(() => ({ outcome: 'done', answer: {} }));
  await expect(plugins.actions.ofFulfillment({ ...asked, ...change })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it.each([
  undefined,
  { outcome: 'done' },
  { outcome: 'refused', code: 'Not Snake', message: 'no' },
  { outcome: 'done', answer: {}, events: [] },
  { outcome: 'done', answer: {}, delivered: [{ grant: 'entg_1', delivered: { outcome: 'pending', awaiting: 'x' } }] },
  { outcome: 'done', answer: { at: new Date() } },
])('believes nothing of the answer %j', async (answer) => {
  const plugins = await installed(() => answer);
  await expect(plugins.actions.ofFulfillment(asked)).rejects.toMatchObject({ code: 'plugin_answer_invalid' });
});

it('keeps the code of what a plugin throws, and not its words', async () => {
  const plugins = await installed(() => {
    throw new RetryableError({ code: 'gate_away', message: 'CANARY' });
  });
  const failure: unknown = await plugins.actions.ofFulfillment(asked).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'gate_away' });
  expect(String(failure)).not.toContain('CANARY');
});

it('describes providers with their actions', async () => {
  const plugins = await installed(unasked);
  const actions = [
    {
      name: 'check_in',
      description: 'Admits the holder of a ticket.',
      inputSchema: { type: 'object', properties: { code: { type: 'string', title: 'Code' } } },
    },
  ];
  expect(await plugins.descriptions.fulfillment()).toEqual([
    { id: 'plain', displayName: 'Plain', description: DESCRIPTION, actions: [] },
    { id: 'tickets', displayName: 'Tickets', description: DESCRIPTION, actions },
  ]);
  expect(plugins.descriptions.processors()).toEqual([
    { id: 'bank', displayName: 'Bank transfer', capabilities, actions },
  ]);
});

it.each([
  () => {
    throw new Error('no');
  },
  () => ({ summary: '', settings: { type: 'object' } }),
  () => ({ summary: 'A list.', settings: { type: 'array' } }),
  () => new Promise(() => undefined),
])('hides the form of one that cannot describe itself, and no other', async (describe) => {
  const plugins = await installed(unasked, describe);
  expect(await plugins.descriptions.fulfillment()).toMatchObject([
    { id: 'plain', description: DESCRIPTION },
    { id: 'tickets', displayName: 'Tickets', description: null, actions: [{ name: 'check_in' }] },
  ]);
});
