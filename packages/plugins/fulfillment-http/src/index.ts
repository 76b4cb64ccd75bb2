import { FULFILLMENT_PROVIDER, definePlugin } from '@payonce/plugin-sdk';
import type { Plugin, PluginDefinition } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { DEFAULT_ID, httpOptions } from './options.js';
import type { HttpOptions } from './options.js';
import { httpProvider } from './provider.js';

/** As in package.json. */
export const VERSION = '0.1.0';

const DEFINITION: PluginDefinition<HttpOptions> = {
  name: 'fulfillment-http',
  version: VERSION,
  contractVersion: 1,
  options: httpOptions,
  register(registry, options, host) {
    registry.add(FULFILLMENT_PROVIDER, httpProvider({ host, options, now: () => new Date() }));
  },
};

const named = z.object({ id: z.string() });

/** One with an id of its own is a plugin of its own: several can be configured, and each has its own store. The usual id said aloud keeps the usual store. */
const nameOf = (options: unknown): string => {
  const { success, data } = named.safeParse(options);
  return success && data.id !== DEFAULT_ID ? `${DEFINITION.name}-${data.id}` : DEFINITION.name;
};

/** Hands over through a signed call to the merchant's own system. May be listed several times, under different ids. */
export const fulfillmentHttp: Plugin<HttpOptions> = Object.assign(
  (options: unknown = {}) => definePlugin({ ...DEFINITION, name: nameOf(options) })(options),
  { definition: DEFINITION },
);
