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
  limited: {
    capacity: 3,
    afterRevocation: 'spent',
    async settings({ name, act }) {
      await act('import_keys', { pool: name, keys: ['A', 'B', 'C'] });
      return { pool: name };
    },
  },
  actions: {
    import_keys: {
      input: () => ({ pool: 'imported', keys: ['A', 'B'] }),
      effect: ({ act }) => act('count_keys', { pool: 'imported' }),
    },
    count_keys: { input: () => ({ pool: 'full' }) },
  },
});
