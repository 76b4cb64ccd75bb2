import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { processorAdapterConformance } from '@payonce/plugin-sdk/testing';
import { processorStripe } from './index.js';
import { signatureOf } from './testing/fake-posts.js';
import { startFakeStripe } from './testing/fake-stripe.js';
import type { FakeStripe } from './testing/fake-stripe.js';

const KEYS = { secretKey: 'sk_test_oftheconformancetests', webhookSecrets: ['whsec_oftheconformancetests'] };
const [SECRET = ''] = KEYS.webhookSecrets;
const HEADER = 'stripe-signature';

let fake: FakeStripe;

beforeAll(async () => {
  fake = await startFakeStripe(KEYS);
});

afterAll(() => fake.close());

/** Types a card on the page of Stripe's. */
async function payOnThePage(url: string): Promise<void> {
  const body = new URLSearchParams({ payment_method: 'pm_card_visa' });
  const response = await fetch(url, { method: 'POST', redirect: 'manual', body });
  if (response.status !== 303) throw new Error(`the page answered ${response.status}`);
}

async function addressWhereNobodyListens() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return { protocol: 'http', host: '127.0.0.1', port };
}

processorAdapterConformance({
  runner: { describe, it },
  id: 'stripe',
  plugin: () => processorStripe({ test: KEYS, api: fake.api }),
  misconfigured: [
    processorStripe({}),
    processorStripe({ test: { ...KEYS, secretKey: 'sk_live_oftheconformancetests' } }),
    processorStripe({ live: KEYS }),
    processorStripe({ test: { ...KEYS, webhookSecrets: [] } }),
    processorStripe({ test: KEYS, api: { protocol: 'ftp', host: 'localhost', port: 1 } }),
    processorStripe({ test: KEYS, currency: 'EUR' }),
  ],
  unreachable: async () => processorStripe({ test: KEYS, api: await addressWhereNobodyListens() }),
  authorizing: () => processorStripe({ test: KEYS, captureMethod: 'manual', api: fake.api }),
  deadlineMs: 10_000,
  secrets: [KEYS.secretKey, SECRET],
  paymentMethods: { succeeds: 'pm_card_visa', declines: 'pm_card_chargeDeclined' },
  async buyerPays({ result }) {
    if (result.status === 'requires_action' && result.action.type === 'redirect') await payOnThePage(result.action.url);
  },
  ledger: async (reference) => fake.movements(reference),
  faults: {
    loseNextAnswer: () => fake.faults.loseNextAnswer(),
    holdNextAnswer: () => fake.faults.holdNextAnswer(),
    captureMore: (by) => fake.faults.captureMore(by),
    clear: () => fake.faults.clear(),
  },
  webhooks: {
    bodyOf: async (reference) => new TextEncoder().encode(fake.eventAbout(reference)),
    sign: ({ body, at = new Date(), secret = SECRET }) => ({ [HEADER]: signatureOf({ body, secret, at }) }),
    signatureHeader: HEADER,
    otherSecret: 'whsec_ofsomebodyelse',
  },
});
