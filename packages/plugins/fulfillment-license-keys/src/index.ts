import { randomBytes } from 'node:crypto';
import { FULFILLMENT_PROVIDER, definePlugin } from '@payonce/plugin-sdk';
import { licenseKeyOptions } from './options.js';
import { licenseKeyProvider } from './provider.js';

export { isLicenseKey } from './license-key.js';
export { licenseSettings } from './settings.js';
export { verifyLicenseKey } from './signed-key.js';
export type { PublicLicenseKey, SignedClaims } from './signed-key.js';

/** As in package.json. */
export const VERSION = '0.1.0';

/** Issues license keys: random ones, signed ones that can be checked offline, or keys that the seller supplies. */
export const fulfillmentLicenseKeys = definePlugin({
  name: 'fulfillment-license-keys',
  version: VERSION,
  contractVersion: 1,
  options: licenseKeyOptions,
  register(registry, options) {
    registry.add(FULFILLMENT_PROVIDER, licenseKeyProvider({ now: () => new Date(), randomBytes, ...options }));
  },
});
