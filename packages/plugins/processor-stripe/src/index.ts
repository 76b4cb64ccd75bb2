import { PROCESSOR_ADAPTER, definePlugin } from '@payonce/plugin-sdk';
import { stripeAdapter } from './adapter.js';
import { stripeApi } from './api.js';
import { notesIn } from './notes.js';
import { processorStripeOptions } from './options.js';

/** As in package.json. */
export const VERSION = '0.1.0';

/** Takes payments through Stripe: on its Checkout page, or with a token at once. */
export const processorStripe = definePlugin({
  name: 'processor-stripe',
  version: VERSION,
  contractVersion: 1,
  options: processorStripeOptions,
  register(registry, options, host) {
    const clock = (): Date => new Date();
    const deps = { api: stripeApi(options), notes: notesIn({ host, clock }), clock, style: options, options };
    registry.add(PROCESSOR_ADAPTER, stripeAdapter(deps));
  },
});
