import { PermanentError } from '@payonce/plugin-sdk';
import type { Delivered, FulfillmentProvider, Grant, PluginHost } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { checkCode } from './check-code.js';
import { close, recordOf } from './codes.js';

/** What a product says about its codes. */
const settings = z.strictObject({
  label: z.string().min(1).max(200).meta({ description: 'What stands before the code on the order page.' }),
});

export interface UnlockCodes {
  readonly id: string;
  readonly host: PluginHost;
  /** Where randomness comes from. */
  readonly randomBytes: (size: number) => Uint8Array;
}

const CODE_BYTES = 10;

export const unlockCodes = ({ id, host, randomBytes }: UnlockCodes): FulfillmentProvider => ({
  id,
  displayName: 'Plugin Name',
  reach: 'own_stores',
  settings,
  describe: () => ({ summary: 'An unlock code for every unit.', settings: z.toJSONSchema(settings) }),
  /** Repeat-safe: the code of a grant is kept with the first call, and every later one answers the same. */
  async fulfill({ grant }): Promise<Delivered> {
    const { label } = settingsOf(grant);
    const newCode = () => Buffer.from(randomBytes(CODE_BYTES)).toString('hex');
    const { code, open } = await recordOf({ store: host.store(grant), grant: grant.id, newCode });
    if (code === null || !open)
      throw new PermanentError({ code: 'access_ended', message: `access of ${grant.id} ended before the delivery` });
    return { outcome: 'delivered', content: { kind: 'content', items: [{ label, value: code }] } };
  },
  /** Repeat-safe: closing twice is closing once. */
  async revoke({ grant }) {
    await close({ store: host.store(grant), grant: grant.id });
  },
  actions: { check_code: checkCode(host) },
});

/** A grant whose settings do not parse now will not parse later: somebody has to look at the product. */
function settingsOf({ product, settings: given }: Pick<Grant, 'product' | 'settings'>): z.output<typeof settings> {
  const { success, data } = settings.safeParse(given);
  if (success) return data;
  throw new PermanentError({ code: 'settings_invalid', message: `the settings of product ${product} do not parse` });
}
