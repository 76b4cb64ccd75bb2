import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from '@jest/globals';
import { fulfillmentProviderConformance } from '@payonce/plugin-sdk/testing';
import { fulfillmentLicenseKeys } from './index.js';

const signingKey = String(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
const forever = { activationsLimit: null, duration: null, activationMessage: null };

fulfillmentProviderConformance({
  runner: { describe, it },
  id: 'license-keys',
  plugin: fulfillmentLicenseKeys({ signing: { privateKey: signingKey } }),
  misconfigured: [fulfillmentLicenseKeys({ length: 8 }), fulfillmentLicenseKeys({ signing: { privateKey: 'none' } })],
  secrets: [signingKey],
  settings: {
    'a key for ever': forever,
    'three activations for a year': {
      activationsLimit: 3,
      duration: { count: 1, interval: 'Year' },
      activationMessage: 'Enter it under Help.',
    },
    'a signed key': { ...forever, source: 'signed' },
    'a key that the seller supplies': { ...forever, source: 'manual' },
    'a key for the longest time': { ...forever, duration: { count: 36_500, interval: 'Day' } },
  },
  refusedSettings: {
    'less than no activations': { ...forever, activationsLimit: -1 },
    'a key for no time': { ...forever, duration: { count: 0, interval: 'Day' } },
    'an unknown source': { ...forever, source: 'drawer' },
    'something unknown': { ...forever, price: 0 },
    nothing: {},
  },
  actions: { supply_key: { input: ({ grant }) => ({ grant: grant.id, key: 'ABCD-1234' }) } },
});
