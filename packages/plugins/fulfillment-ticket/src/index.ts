import { randomBytes } from 'node:crypto';
import { FULFILLMENT_PROVIDER, definePlugin } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { ticketProvider } from './provider.js';

/** As in package.json. */
export const VERSION = '0.1.0';

/** Sells tickets to courses, workshops and live sessions, never more than there are seats. */
export const fulfillmentTicket = definePlugin({
  name: 'fulfillment-ticket',
  version: VERSION,
  contractVersion: 1,
  options: z.strictObject({}),
  register(registry, _options, host) {
    registry.add(FULFILLMENT_PROVIDER, ticketProvider({ host, now: () => new Date(), randomBytes }));
  },
});
