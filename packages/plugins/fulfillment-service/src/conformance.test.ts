import { describe, it } from '@jest/globals';
import { fulfillmentProviderConformance } from '@payonce/plugin-sdk/testing';
import { fulfillmentService } from './index.js';

const instructions = 'We translate your text and send it to you.';

fulfillmentProviderConformance({
  runner: { describe, it },
  id: 'service',
  plugin: fulfillmentService(),
  misconfigured: [fulfillmentService({ days: 8 })],
  secrets: [],
  settings: {
    'a translation': { instructions },
    'the longest words': { instructions: 'x'.repeat(250), buyerSends: 'y'.repeat(150), dueDays: 730 },
  },
  refusedSettings: {
    'no words': { instructions: '' },
    'no time': { instructions, dueDays: 0 },
    'something unknown': { instructions, price: 0 },
    nothing: {},
  },
  actions: {
    list: { input: () => ({}) },
    complete: { input: ({ grant }) => ({ grant: grant.id, note: 'Here it is.' }) },
  },
});
