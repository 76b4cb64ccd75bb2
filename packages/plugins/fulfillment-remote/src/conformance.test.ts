import { describe, it } from '@jest/globals';
import { fulfillmentProviderConformance } from '@payonce/plugin-sdk/testing';
import { fulfillmentRemote } from './index.js';
import { SEATS } from './testing/seats.js';

fulfillmentProviderConformance({
  runner: { describe, it },
  id: 'acme-seats',
  plugin: fulfillmentRemote(SEATS),
  misconfigured: [
    fulfillmentRemote(),
    fulfillmentRemote({ ...SEATS, taskQueue: 'a queue' }),
    fulfillmentRemote({ ...SEATS, settings: { type: 'array' } }),
    fulfillmentRemote({ ...SEATS, settings: { type: 'object', properties: { hall: { type: 'text' } } } }),
  ],
  secrets: [],
  settings: { 'a hall': { hall: 'A' }, 'a hall and a row': { hall: 'B', row: 3 } },
  refusedSettings: { 'no hall': {}, 'another hall': { hall: 'Z' }, 'something unknown': { hall: 'A', price: 0 } },
});
