import { PermanentError, RetryableError } from '@payonce/plugin-sdk';
import type { Delivered, FulfillmentProvider, Grant, PluginHost } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { poolActions } from './actions.js';
import { openPool } from './pool.js';
import { poolSettings } from './settings.js';
import type { PoolSettings } from './settings.js';

/** Hands over keys that the seller imported, each once. */
export function licensePoolProvider({ host }: { readonly host: PluginHost }): FulfillmentProvider {
  const poolOf = ({ business, mode }: Grant) => openPool(host.store({ business, mode }));
  return {
    id: 'license-key-pool',
    displayName: 'License keys from a pool',
    reach: 'own_stores',
    settings: poolSettings,
    describe: () => ({
      summary: 'A license key from a list that the seller imported. Sold out when the list is.',
      settings: z.toJSONSchema(poolSettings, { io: 'input' }),
    }),
    actions: poolActions(host),
    async reserve({ grant }) {
      const key = await poolOf(grant).take(settingsOf(grant).pool, grant.id);
      return key === undefined
        ? { outcome: 'sold_out', reason: `${grant.productName} is sold out.` }
        : { outcome: 'reserved' };
    },
    release: ({ grant }) => poolOf(grant).giveBack(grant.id),
    async fulfill({ grant }): Promise<Delivered> {
      const settings = settingsOf(grant);
      const pool = poolOf(grant);
      const key = await pool.take(settings.pool, grant.id);
      if (key === undefined) throw soldOut(settings.pool);
      if (!(await pool.sell(grant.id))) throw wasGivenBack(grant);
      const message = settings.activationMessage === null ? {} : { activationMessage: settings.activationMessage };
      const { activationsLimit } = settings;
      return {
        outcome: 'delivered',
        content: { kind: 'license_key', key, activationsLimit, expiresAt: null, ...message },
      };
    },
    revoke: ({ grant }) => poolOf(grant).end(grant.id),
  };
}

/** Somebody gave the key back while it was handed over: it may be another buyer's by now. */
const wasGivenBack = ({ id }: Grant): RetryableError =>
  new RetryableError({ code: 'key_given_back', message: `the key of ${id} was given back while it was handed over` });

const soldOut = (pool: string): PermanentError =>
  new PermanentError({
    code: 'sold_out',
    message: `the pool ${pool} has no key left: import more, then retry`,
  });

/** A grant whose settings cannot be read will not be readable later: somebody has to look at the product. */
function settingsOf({ product, settings }: Grant): PoolSettings {
  const { success, data } = poolSettings.safeParse(settings);
  if (success) return data;
  throw new PermanentError({
    code: 'settings_invalid',
    message: `the key pool settings of product ${product} do not parse: save them again, then retry`,
  });
}
