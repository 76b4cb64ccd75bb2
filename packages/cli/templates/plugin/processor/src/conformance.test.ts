import { writeFile } from 'node:fs/promises';
import { after, describe, it } from 'node:test';
import { isCurrency } from '@payonce/plugin-sdk';
import { processorAdapterConformance } from '@payonce/plugin-sdk/testing';
import type { Movement } from '@payonce/plugin-sdk/testing';
import { pluginName } from './index.js';
import { startFakeAcme } from './testing/fake-acme.js';

const KEYS = { secretKey: 'secret-key-of-the-tests', webhookSecret: 'webhook-secret-of-the-tests' };
const fake = await startFakeAcme(KEYS);
after(() => fake.close());
const options = { ...KEYS, mode: 'test', origin: fake.origin };

const movement = (kind: Movement['kind'], amount: number, currency: string): Movement[] =>
  isCurrency(currency) ? [{ kind, amount: { amount, currency } }] : [];

processorAdapterConformance({
  runner: { describe, it },
  id: 'plugin-name',
  plugin: pluginName(options),
  misconfigured: [
    pluginName(),
    pluginName({ ...options, origin: 'acme' }),
    pluginName({ ...options, secretKey: 'short' }),
  ],
  unreachable: pluginName({ ...options, origin: fake.closedOrigin }),
  secrets: Object.values(KEYS),
  paymentMethods: { succeeds: 'tok_ok', declines: 'tok_declined' },
  async buyerPays({ reference }) {
    for (const payment of fake.books.payments) if (payment.reference === reference) fake.books.pay(payment);
  },
  async ledger(reference) {
    const charges = fake.books.payments.filter((known) => known.reference === reference && known.status === 'paid');
    const refunds = fake.books.refunds.filter((known) => known.reference === reference);
    return [
      ...charges.flatMap(({ captured, currency }) => movement('charge', captured, currency)),
      ...refunds.flatMap(({ amount, currency }) => movement('refund', amount, currency)),
    ];
  },
  faults: {
    loseNextAnswer: () => void (fake.fault = 'lose'),
    holdNextAnswer: () => void (fake.fault = 'hold'),
    captureMore: (by) => void (fake.books.more = by),
    clear() {
      fake.fault = undefined;
      fake.books.more = 0;
    },
  },
  webhooks: {
    bodyOf: async (reference) => fake.bodyOf(reference),
    sign: ({ body, at = new Date(), secret = KEYS.webhookSecret }) => ({
      'acme-signature': fake.sign({ body, at, secret }),
    }),
    signatureHeader: 'acme-signature',
    otherSecret: 'another-webhook-secret',
  },
  onReport: (report) => console.log(report.toText()),
  saveReport: { path: 'conformance.json', writeFile },
});
