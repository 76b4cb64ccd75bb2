import { PermanentError, after } from '@payonce/plugin-sdk';
import type { Delivered, FulfillmentProvider, Grant, Pending } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { RANDOM_BYTES, licenseKey } from './license-key.js';
import { licenseSettings, settingsFor } from './settings.js';
import type { LicenseSettings } from './settings.js';
import type { PublicLicenseKey, Signer } from './signed-key.js';
import { supplyKey } from './supply-key.js';

/** Where time, randomness and signatures come from. */
export interface LicenseKeySources {
  now(): Date;
  randomBytes(size: number): Uint8Array;
  /** Absent in an installation without a signing key. */
  readonly signer?: Signer | undefined;
  readonly retired: readonly PublicLicenseKey[];
}

/** Issues one key per grant. */
export function licenseKeyProvider(sources: LicenseKeySources): FulfillmentProvider {
  const { signer, retired } = sources;
  return {
    id: 'license-keys',
    displayName: 'License keys',
    reach: 'own_stores',
    settings: settingsFor({ canSign: signer !== undefined }),
    describe: () => ({
      summary: 'A license key for every unit, with as many activations and as long a life as the product says.',
      settings: z.toJSONSchema(licenseSettings, { io: 'input' }),
    }),
    publishedKeys: () => [...(signer === undefined ? [] : [signer.publicKey]), ...retired],
    actions: { supply_key: supplyKey },
    /** Every call makes a new key. Repeat-safe all the same: the engine keeps the first one that it stores for a grant and drops the others unseen. */
    fulfill: async ({ grant }) => handOver(sources, { grant, settings: settingsOf(grant) }),
    /** Nothing to do: the engine disables the key in its own store. */
    async revoke() {},
  };
}

interface Asked {
  readonly grant: Grant;
  readonly settings: LicenseSettings;
}

function handOver(sources: LicenseKeySources, asked: Asked): Delivered | Pending {
  const { source, duration, activationsLimit, activationMessage } = asked.settings;
  if (source === 'manual') return { outcome: 'pending', awaiting: 'a license key from the seller' };
  const issued = sources.now();
  const expires = duration === null ? null : after(issued, duration);
  const key =
    source === 'signed'
      ? signed(sources, { ...asked, issued, expires })
      : licenseKey(sources.randomBytes(RANDOM_BYTES));
  const message = activationMessage === null ? {} : { activationMessage };
  const expiresAt = expires?.toISOString() ?? null;
  return { outcome: 'delivered', content: { kind: 'license_key', key, activationsLimit, expiresAt, ...message } };
}

function signed(
  { signer }: LicenseKeySources,
  { grant, issued, expires }: Asked & { readonly issued: Date; readonly expires: Date | null },
): string {
  if (signer === undefined) {
    throw new PermanentError({
      code: 'signing_key_missing',
      message: `product ${grant.product} sells signed keys: configure options.signing, then retry`,
    });
  }
  const seconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);
  return signer.sign({
    product: grant.product,
    grant: grant.id,
    issued: seconds(issued),
    expires: expires && seconds(expires),
  });
}

/** A grant whose settings cannot be read will not be readable later: somebody has to look at the product. */
function settingsOf({ product, settings }: Grant): LicenseSettings {
  const { success, data } = licenseSettings.safeParse(settings);
  if (success) return data;
  throw new PermanentError({
    code: 'settings_invalid',
    message: `the license key settings of product ${product} do not parse: save them again, then retry`,
  });
}
