import { randomBytes } from 'node:crypto';
import { FULFILLMENT_PROVIDER, definePlugin } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { unlockCodes } from './provider.js';

/** As in package.json. */
export const VERSION = '0.1.0';

/** Hands over one unlock code per unit, and tells whether a code is good. */
export const pluginName = definePlugin({
  name: 'plugin-name',
  version: VERSION,
  contractVersion: 1,
  options: z.strictObject({}),
  register(registry, _options, host) {
    registry.add(FULFILLMENT_PROVIDER, unlockCodes({ id: 'plugin-name', host, randomBytes }));
  },
});
