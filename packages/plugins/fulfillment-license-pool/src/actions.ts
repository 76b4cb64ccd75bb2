import type { ActionRequest, FulfillmentActionDone, PluginHost, ProviderAction } from '@payonce/plugin-sdk';
import { done, zodAction } from '@payonce/plugin-sdk/zod';
import { z } from 'zod';
import { openPool } from './pool.js';
import { poolName } from './settings.js';

const AT_A_TIME = 20;
/** As long as a key may be that is handed over. */
const LONGEST = 500;

const importInput = z.strictObject({
  pool: poolName,
  keys: z
    .array(z.string().trim().min(1).max(LONGEST))
    .min(1)
    .max(1000)
    .describe('Up to 1000 keys; call again for more'),
});
const countInput = z.strictObject({ pool: poolName });

type Actions = Readonly<Record<string, ProviderAction<FulfillmentActionDone>>>;

/** What sellers do with pools. */
export function poolActions(host: PluginHost): Actions {
  const poolOf = ({ business, mode }: Pick<ActionRequest, 'business' | 'mode'>) =>
    openPool(host.store({ business, mode }));
  return {
    import_keys: zodAction({
      description: 'Add keys to a pool. A key that the pool knows already is left alone, whatever became of it.',
      input: importInput,
      async run({ input: { pool, keys }, ...request }) {
        const unique = [...new Set(keys)];
        let added = 0;
        for (let at = 0; at < unique.length; at += AT_A_TIME) {
          request.signal.throwIfAborted();
          const some = unique.slice(at, at + AT_A_TIME).map((key) => poolOf(request).add(pool, key));
          added += (await Promise.all(some)).filter(Boolean).length;
        }
        return done({ pool, added, known: keys.length - added });
      },
    }),
    count_keys: zodAction({
      description: 'How many keys of a pool are free, held for buyers who pay, sold, and spent.',
      input: countInput,
      run: async ({ input: { pool }, ...request }) => done({ pool, ...(await poolOf(request).count(pool)) }),
    }),
  };
}
