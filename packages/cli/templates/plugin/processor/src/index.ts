import { PROCESSOR_ADAPTER, definePlugin } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { acmeAdapter } from './adapter.js';
import { acmeClient } from './client.js';

/** As in package.json. */
export const VERSION = '0.1.0';

const options = z.strictObject({
  /** Which of the two worlds the key opens. Calls of the other one are refused. */
  mode: z.enum(['test', 'live']),
  origin: z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin),
  secretKey: z.string().min(16),
  webhookSecret: z.string().min(16),
});

/** Takes payments through Acme. */
export const pluginName = definePlugin({
  name: 'plugin-name',
  version: VERSION,
  contractVersion: 1,
  options,
  register(registry, { mode, origin, secretKey, webhookSecret }) {
    const client = acmeClient({ origin, secretKey });
    registry.add(
      PROCESSOR_ADAPTER,
      acmeAdapter({ id: 'plugin-name', mode, client, webhookSecret, now: () => new Date() }),
    );
  },
});
