import { expect, it } from '@jest/globals';
import { processorStripe } from './index.js';
import { TEST_KEYS } from './testing/bench.js';

const load = (options: unknown) =>
  processorStripe(options).load({ add() {} }, { store: () => Promise.reject() as never });
const LIVE = { secretKey: 'rk_live_ofthetestsofthisplugin', webhookSecrets: ['whsec_ofthetestsofthisplugin'] };

it.each([
  { test: TEST_KEYS },
  { live: LIVE },
  { test: TEST_KEYS, api: { protocol: 'http', host: '127.0.0.1', port: 12_111 } },
  { test: { ...TEST_KEYS, secretKey: 'rk_test_restricted1' }, live: LIVE },
  { test: TEST_KEYS, paymentMethodTypes: ['card', 'sepa_debit'], captureMethod: 'manual' },
])('takes the options %j', async (options) => {
  await expect(load(options)).resolves.toBeUndefined();
});

it.each([
  [{}, 'at least one mode'],
  [{ test: LIVE }, 'sk_test_'],
  [{ live: { ...LIVE, secretKey: TEST_KEYS.secretKey } }, 'sk_live_'],
  [{ test: { ...TEST_KEYS, secretKey: 'pk_test_publishable1' } }, 'sk_test_'],
  [{ test: { ...TEST_KEYS, webhookSecrets: [] } }, 'webhookSecrets'],
  [{ test: { ...TEST_KEYS, webhookSecrets: ['secret'] } }, 'whsec_'],
  [{ test: TEST_KEYS, paymentMethodTypes: [] }, 'paymentMethodTypes'],
  [{ test: TEST_KEYS, captureMethod: 'later' }, 'captureMethod'],
  [{ test: TEST_KEYS, api: { protocol: 'http', host: 'stripe.example', port: 80 } }, 'api.protocol'],
  [{ live: LIVE, api: { protocol: 'http', host: '127.0.0.1', port: 80 } }, 'api.protocol'],
  [{ test: TEST_KEYS, extra: 1 }, 'extra'],
])('refuses the options %j', async (options, field) => {
  await expect(load(options)).rejects.toThrow(field);
});
