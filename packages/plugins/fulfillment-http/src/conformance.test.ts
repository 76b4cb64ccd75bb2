import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { fulfillmentProviderConformance } from '@payonce/plugin-sdk/testing';
import { fulfillmentHttp } from './index.js';
import { SECRET, startReceiver } from './testing/receiver.js';
import type { Receiver } from './testing/receiver.js';

const url = 'https://shop.example/payonce';
const settings = {
  type: 'object',
  properties: { course: { type: 'string', title: 'Course', minLength: 1 } },
  required: ['course'],
  additionalProperties: false,
};

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

afterAll(() => receiver.close());

fulfillmentProviderConformance({
  runner: { describe, it },
  id: 'school',
  plugin: () =>
    fulfillmentHttp({
      url: receiver.url,
      secret: SECRET,
      id: 'school',
      settings,
      timeoutMs: 1_500,
      allowLoopback: true,
    }),
  misconfigured: [
    fulfillmentHttp({}),
    fulfillmentHttp({ url, secret: 'secret' }),
    fulfillmentHttp({ url, secret: 'whsec_c2hvcnQ=' }),
    fulfillmentHttp({ url: 'http://shop.example/payonce', secret: SECRET, allowLoopback: true }),
    fulfillmentHttp({ url: 'http://localhost:4000/payonce', secret: SECRET }),
    fulfillmentHttp({ url: 'https://ann:pw@shop.example', secret: SECRET }),
    fulfillmentHttp({ url, secret: SECRET, id: 'No Id' }),
    fulfillmentHttp({ url, secret: SECRET, settings: { type: 'string' } }),
    fulfillmentHttp({ url, secret: SECRET, settings: { type: 'object', properties: 7 } }),
  ],
  secrets: [SECRET, 'the-secret-of-the-tests-of-calls'],
  settings: { 'a course': { course: 'c_1' } },
  refusedSettings: { 'no course': {}, 'a course without a name': { course: '' }, 'two things': { course: 'c', x: 1 } },
  actions: {
    complete: { input: ({ grant }) => ({ grant: grant.id, items: [{ label: 'Seat', value: `seat of ${grant.id}` }] }) },
  },
  outside: {
    deliveriesOf: (grant) => receiver.deliveries.filter((delivered) => delivered === grant).length,
    hasAccess: (grant) => receiver.open.has(grant),
    loseNextAnswer: () => void receiver.plans.push('lose'),
    holdNextAnswer: () => void receiver.plans.push('hold'),
    clear: () => void receiver.plans.splice(0),
  },
});
