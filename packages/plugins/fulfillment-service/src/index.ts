import { FULFILLMENT_PROVIDER, definePlugin } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { serviceProvider } from './provider.js';

/** As in package.json. */
export const VERSION = '0.1.0';

/** Lets a person deliver: every unit becomes a to-do of the seller. */
export const fulfillmentService = definePlugin({
  name: 'fulfillment-service',
  version: VERSION,
  contractVersion: 1,
  options: z.strictObject({}),
  register(registry, _options, host) {
    registry.add(FULFILLMENT_PROVIDER, serviceProvider({ host, now: () => new Date() }));
  },
});
