// A sandbox adapter with two faults that real adapters have had: each call gets an idempotency key of its own, and a look-up finds nothing. A crash then charges twice.
import { randomUUID } from 'node:crypto';
import { bundledPlugins, bundledRoutes } from '@payonce/bundled';
import { PROCESSOR_ADAPTER, defineConfig } from '@payonce/plugin-sdk';

const { SANDBOX_URL: origin, SANDBOX_SECRET_KEY: secretKey, SANDBOX_WEBHOOK_SECRET: webhookSecret } = process.env;
const options = { sandbox: { origin, secretKey, webhookSecret } };

const forgetful = (adapter) => ({
  ...adapter,
  capabilities: { ...adapter.capabilities, notFoundFinalAfterSeconds: 0 },
  createPayment: (request) => adapter.createPayment({ ...request, idempotencyKey: randomUUID() }),
  retrievePayment: async () => ({ status: 'not_found' }),
});

const withForgetfulProcessor = (plugin) => ({
  ...plugin,
  load: (registry) =>
    plugin.load({
      add: (kind, provider) =>
        registry.add(kind, kind.name === PROCESSOR_ADAPTER.name ? forgetful(provider) : provider),
    }),
});

export default defineConfig({
  plugins: bundledPlugins(options).map(withForgetfulProcessor),
  routes: bundledRoutes(options),
});
