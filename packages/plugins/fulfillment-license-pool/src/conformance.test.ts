import { describe, it } from '@jest/globals';
import { fulfillmentProviderConformance } from '@payonce/plugin-sdk/testing';
import { fulfillmentLicensePool } from './index.js';
import { stocked } from './testing/stocked.js';

fulfillmentProviderConformance({
  runner: { describe, it },
  id: 'license-key-pool',
  plugin: stocked(),
  misconfigured: [fulfillmentLicensePool({ pools: 3 })],
  secrets: [],
  settings: { 'a key of the pool': { pool: 'full' } },
  refusedSettings: {
    'no pool': {},
    'a pool without a name': { pool: '' },
    'less than no activations': { pool: 'full', activationsLimit: -1 },
  },
});
