import { bundledPlugins } from '@payonce/bundled';
import { processorStripe } from '../../../packages/plugins/processor-stripe/src/index.ts';

const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_PORT: port } = process.env;

/** An installation that takes its payments through Stripe, here through what stands in for it. */
export default {
  plugins: [
    ...bundledPlugins(),
    processorStripe({
      test: { secretKey, webhookSecrets: [webhookSecret] },
      api: { protocol: 'http', host: '127.0.0.1', port: Number(port) },
    }),
  ],
  routes: { processor: { test: 'stripe' }, tax: 'tax-table' },
};
