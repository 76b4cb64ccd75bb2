import { FULFILLMENT_PROVIDER, definePlugin } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { licensePoolProvider } from './provider.js';

export { poolSettings } from './settings.js';

/** As in package.json. */
export const VERSION = '0.1.0';

/** Sells license keys from pools that the seller imported. */
export const fulfillmentLicensePool = definePlugin({
  name: 'fulfillment-license-pool',
  version: VERSION,
  contractVersion: 1,
  options: z.strictObject({}),
  register(registry, _options, host) {
    registry.add(FULFILLMENT_PROVIDER, licensePoolProvider({ host }));
  },
});
