import { describe, it } from '@jest/globals';
import { fulfillmentProviderConformance } from '@payonce/plugin-sdk/testing';
import { fulfillmentLicenseKeys } from './index.js';

const forever = { activationsLimit: null, duration: null, activationMessage: null };

fulfillmentProviderConformance({
  runner: { describe, it },
  id: 'license-keys',
  plugin: fulfillmentLicenseKeys(),
  misconfigured: [fulfillmentLicenseKeys({ length: 8 })],
  secrets: [],
  settings: {
    'a key for ever': forever,
    'three activations for a year': {
      activationsLimit: 3,
      duration: { count: 1, interval: 'Year' },
      activationMessage: 'Enter it under Help.',
    },
    'a key for the longest time': { ...forever, duration: { count: 36_500, interval: 'Day' } },
  },
  refusedSettings: {
    'less than no activations': { ...forever, activationsLimit: -1 },
    'a key for no time': { ...forever, duration: { count: 0, interval: 'Day' } },
    'something unknown': { ...forever, price: 0 },
    nothing: {},
  },
});
