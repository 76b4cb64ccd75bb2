import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Money } from '@payonce/plugin-sdk';
import { processorAdapterConformance } from '@payonce/plugin-sdk/testing';
import { startSandbox } from '@payonce/sandbox';
import type { RunningSandbox } from '@payonce/sandbox';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../../test/setup/mongodb.js';
import { processorSandbox } from './index.js';

const KEYS = { secretKey: 'sandbox-secret-key-of-the-tests', webhookSecret: 'sandbox-webhook-secret-of-the-tests' };
const HEADER = 'sandbox-signature';

let database: TestDatabase;
let sandbox: RunningSandbox;

beforeAll(async () => {
  database = await testDatabase('processor conformance');
  const { uri, name } = database;
  sandbox = await startSandbox({ mongodbUri: uri, database: name, secretKey: KEYS.secretKey, faults: true });
});

afterAll(async () => {
  await sandbox.close();
  await database.close();
});

/** What the sandbox tells whoever has its key. */
async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${sandbox.origin}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${KEYS.secretKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Answer;
}

const fault = async (...rules: readonly object[]): Promise<void> =>
  void (await ask(
    'PUT',
    '/control/faults',
    rules.map((rule) => ({ times: 1, ...rule })),
  ));

const byReference = (reference: string): string => `reference=${encodeURIComponent(reference)}`;

/** A movement in the sandbox's books; a refund's names the payment's reference, and the refund by its id. */
interface Entry extends Money {
  readonly kind: 'charge' | 'refund';
  readonly reference: string;
  readonly refund?: string;
}

/** Types a card on the sandbox's page. */
async function payOnThePage(url: string): Promise<void> {
  const card = { number: '4242424242424242', expiry: '12/34', cvc: '123', name: 'Ada Lovelace' };
  const response = await fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(card) });
  if (response.status !== 303) throw new Error(`the card page answered ${response.status}`);
}

async function addressWhereNobodyListens(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

processorAdapterConformance({
  runner: { describe, it },
  id: 'sandbox',
  plugin: () => processorSandbox({ ...KEYS, origin: sandbox.origin }),
  misconfigured: [
    processorSandbox({ ...KEYS, origin: 'localhost' }),
    processorSandbox({ ...KEYS, origin: 'http://localhost:4780', webhookSecret: 'short' }),
    processorSandbox({ ...KEYS, origin: 'http://localhost:4780', currency: 'EUR' }),
  ],
  unreachable: async () => processorSandbox({ ...KEYS, origin: await addressWhereNobodyListens() }),
  deadlineMs: 10_000,
  secrets: Object.values(KEYS),
  paymentMethods: { succeeds: 'pm_card_visa', declines: 'pm_card_declined' },
  async buyerPays({ result }) {
    if (result.status === 'requires_action' && result.action.type === 'redirect') await payOnThePage(result.action.url);
  },
  async ledger(reference) {
    const { items: refunds } = await ask<{ items: { id: string }[] }>('GET', `/refunds?${byReference(reference)}`);
    const { entries } = await ask<{ entries: readonly Entry[] }>('GET', '/ledger');
    return entries
      .filter(({ kind, refund, ...entry }) =>
        kind === 'charge' ? entry.reference === reference : refunds.some(({ id }) => id === refund),
      )
      .map(({ kind, amount, currency }) => ({ kind, amount: { amount, currency } }));
  },
  faults: {
    loseNextAnswer: () =>
      fault({ operation: 'create_payment', effect: 'drop_answer' }, { operation: 'refund', effect: 'drop_answer' }),
    holdNextAnswer: () => fault({ operation: 'create_payment', effect: 'hang' }),
    captureMore: (delta) => fault({ operation: 'create_payment', effect: 'captured_amount', delta }),
    clear: async () => void (await ask('DELETE', '/control/faults')),
  },
  webhooks: {
    async bodyOf(reference) {
      const { items } = await ask<{ items: object[] }>('GET', `/payments?${byReference(reference)}`);
      const event = { id: `sev_${reference}`, type: 'payment.succeeded', created_at: '2026-11-23T12:00:00.000Z' };
      return new TextEncoder().encode(JSON.stringify({ ...event, data: { payment: items[0] } }));
    },
    sign({ body, at = new Date(), secret = KEYS.webhookSecret }) {
      const timestamp = Math.floor(at.getTime() / 1_000);
      const digest = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
      return { 'content-type': 'application/json', [HEADER]: `t=${timestamp},v1=${digest}` };
    },
    signatureHeader: HEADER,
    otherSecret: 'another-webhook-secret-of-the-tests',
  },
});
