import type { ConfiguredPlugin, PluginHost } from '@payonce/plugin-sdk';
import { fulfillmentLicensePool } from '../index.js';
import { openPool } from '../pool.js';

/** The plugin in an installation whose pool 'full' has keys. */
export function stocked(): ConfiguredPlugin {
  const plugin = fulfillmentLicensePool();
  return {
    ...plugin,
    async load(registry, host) {
      if (host) await stock(host);
      await plugin.load(registry, host);
    },
  };
}

async function stock(host: PluginHost): Promise<void> {
  for (const business of ['bus_conformance', 'bus_1']) {
    for (const mode of ['test', 'live'] as const) {
      const pool = openPool(host.store({ business, mode }));
      for (let number = 1; number <= 200; number += 1) await pool.add('full', `${mode}-${number}`);
    }
  }
}
