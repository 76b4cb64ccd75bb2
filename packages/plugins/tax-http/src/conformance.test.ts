import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { taxCalculatorConformance } from '@payonce/plugin-sdk/testing';
import { taxHttp } from './index.js';
import { SECRET, startCalculatorServer } from './testing/calculator-server.js';
import type { CalculatorServer } from './testing/calculator-server.js';

let server: CalculatorServer;

beforeAll(async () => {
  server = await startCalculatorServer();
});

afterAll(() => server.close());

const url = 'https://tax.example.com/rates';

taxCalculatorConformance({
  runner: { describe, it },
  id: 'own-tax',
  plugin: () =>
    taxHttp({
      url: `${server.origin}/rates`,
      commitUrl: `${server.origin}/commit`,
      voidUrl: `${server.origin}/void`,
      secret: SECRET,
      id: 'own-tax',
      allowLoopback: true,
    }),
  misconfigured: [
    taxHttp({}),
    taxHttp({ url, secret: 'hunter2' }),
    taxHttp({ url: 'http://tax.example.com', secret: SECRET, allowLoopback: true }),
    taxHttp({ url, secret: SECRET, voidUrl: url }),
  ],
  secrets: [SECRET, SECRET.slice('whsec_'.length)],
  cases: {
    'a German consumer': { buyer: { country: 'DE', kind: 'consumer' }, rates: ['0.19'], reason: 'standard' },
    'a buyer elsewhere': { buyer: { country: 'US', state: 'CA', kind: 'consumer' }, rates: [], reason: 'out_of_scope' },
  },
  faults: {
    loseNextAnswer: () => void server.plans.push('lose'),
    holdNextAnswer: () => void server.plans.push('hold'),
    clear: () => void server.plans.splice(0),
  },
  recordsOf: (payment) => (server.records.has(payment) ? 1 : 0),
});
