import { PROCESSOR_ADAPTER, definePlugin } from '@payonce/plugin-sdk';
import { sandboxAdapter } from './adapter.js';
import { sandboxClient } from './client.js';
import { processorSandboxOptions } from './options.js';

/** As in package.json. */
export const VERSION = '0.1.0';

/** Takes test payments through the sandbox payment service. Refuses live ones: no money would move. */
export const processorSandbox = definePlugin({
  name: 'processor-sandbox',
  version: VERSION,
  contractVersion: 1,
  options: processorSandboxOptions,
  register(registry, { origin, secretKey, webhookSecret }) {
    const client = sandboxClient({ origin, secretKey });
    registry.add(PROCESSOR_ADAPTER, sandboxAdapter({ client, webhookSecret, clock: () => new Date() }));
  },
});
