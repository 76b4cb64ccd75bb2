import { randomBytes } from 'node:crypto';
import { FULFILLMENT_PROVIDER, definePlugin } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { licenseKeyProvider } from './provider.js';

export { isLicenseKey } from './license-key.js';
export { licenseSettings } from './provider.js';

/** As in package.json. */
export const VERSION = '0.1.0';

/** Issues license keys. */
export const fulfillmentLicenseKeys = definePlugin({
  name: 'fulfillment-license-keys',
  version: VERSION,
  contractVersion: 1,
  options: z.strictObject({}),
  register(registry) {
    registry.add(FULFILLMENT_PROVIDER, licenseKeyProvider({ now: () => new Date(), randomBytes }));
  },
});
