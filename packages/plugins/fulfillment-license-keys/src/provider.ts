import { PermanentError } from '@payonce/plugin-sdk';
import type { Delivered, FulfillmentProvider, Json } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { after } from './expiry.js';
import { RANDOM_BYTES, licenseKey } from './license-key.js';

/** A century; longer is for ever, which is null. */
const LONGEST = { Day: 36_500, Week: 5_200, Month: 1_200, Year: 100 } as const;

const duration = z
  .strictObject({ count: z.int().min(1), interval: z.enum(['Day', 'Week', 'Month', 'Year']) })
  .refine(({ count, interval }) => count <= LONGEST[interval], {
    path: ['count'],
    message: 'is over 100 years: use null for keys that never expire',
  });

/** How the keys of a product are made. */
export const licenseSettings = z.strictObject({
  /** How many activations at a time; null for any number. */
  activationsLimit: z.int().min(0).nullable(),
  /** From the issue of the key; null for ever. */
  duration: duration.nullable(),
  /** Shown to the buyer with the key. */
  activationMessage: z.string().min(1).max(2000).nullable(),
});

/** Where time and randomness come from. */
export interface LicenseKeySources {
  now(): Date;
  randomBytes(size: number): Uint8Array;
}

/** Issues one key per grant. */
export const licenseKeyProvider = ({ now, randomBytes }: LicenseKeySources): FulfillmentProvider => ({
  id: 'license-keys',
  displayName: 'License keys',
  reach: 'own_stores',
  settings: licenseSettings,
  describe: () => ({
    summary: 'A license key for every unit, with as many activations and as long a life as the product says.',
    settings: z.toJSONSchema(licenseSettings),
  }),
  /** Every call makes a new key. Repeat-safe all the same: the engine keeps the first one that it stores for a grant and drops the others unseen. */
  async fulfill({ grant }): Promise<Delivered> {
    const settings = settingsOf(grant);
    const { activationsLimit, activationMessage } = settings;
    const expiresAt = settings.duration === null ? null : after(now(), settings.duration).toISOString();
    const message = activationMessage === null ? {} : { activationMessage };
    const key = licenseKey(randomBytes(RANDOM_BYTES));
    return { outcome: 'delivered', content: { kind: 'license_key', key, activationsLimit, expiresAt, ...message } };
  },
  /** Nothing to do: the engine disables the key in its own store. */
  async revoke() {},
});

/** A grant whose settings cannot be read will not be readable later: somebody has to look at the product. */
function settingsOf({ product, settings }: { readonly product: string; readonly settings: Json }) {
  const { success, data } = licenseSettings.safeParse(settings);
  if (success) return data;
  throw new PermanentError({
    code: 'settings_invalid',
    message: `the license key settings of product ${product} do not parse: save them again, then retry`,
  });
}
