import { FULFILLMENT_PROVIDER, PermanentError, definePlugin } from '@payonce/plugin-sdk';
import type { Delivered, FulfillmentProvider, Json } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** As in package.json. */
export const VERSION = '0.1.0';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What a buyer of one unit gets: files of the product by their ids, a link, a text. */
export const fileSettings = z.strictObject({
  files: z
    .array(z.strictObject({ file: z.string().min(1).max(100), filename: z.string().min(1).max(255) }))
    .max(100)
    .default([]),
  externalUrl: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .nullable()
    .default(null),
  instructions: z.string().min(1).max(5000).nullable().default(null),
  /** How often each file may be fetched; null for any number. */
  maxDownloads: z.int().min(1).max(1000).nullable().default(null),
  /** For how many days from the delivery files may be fetched; null for ever. */
  accessDays: z.int().min(1).max(36_500).nullable().default(null),
});

/** Hands over files, a link and instructions; `now` begins the days of access. */
export const fileProvider = ({ now }: { now(): Date }): FulfillmentProvider => ({
  id: 'files',
  displayName: 'Files',
  reach: 'own_stores',
  settings: fileSettings,
  describe: () => ({
    summary: 'Files by links that expire, a link to another place, and instructions.',
    settings: z.toJSONSchema(fileSettings, { io: 'input' }),
  }),
  /** Repeat-safe: the first answer that is stored counts. The links themselves are made, signed, counted and ended by the API. */
  async fulfill({ grant }): Promise<Delivered> {
    const { files, externalUrl, instructions, maxDownloads, accessDays } = settingsOf(grant);
    if (files.length === 0 && externalUrl === null && instructions === null) {
      throw new PermanentError({
        code: 'nothing_to_deliver',
        message: `product ${grant.product} has no files, no link and no instructions: add one, then retry`,
      });
    }
    return {
      outcome: 'delivered',
      content: {
        kind: 'files',
        files,
        ...(externalUrl !== null && { externalUrl }),
        ...(instructions !== null && { instructions }),
        ...(maxDownloads !== null && { maxDownloads }),
        ...(accessDays !== null && { accessUntil: new Date(now().getTime() + accessDays * DAY_MS).toISOString() }),
      },
    };
  },
  /** Nothing to do: the API serves no link of a grant that ended. */
  async revoke() {},
});

/** Hands over files, a link and instructions. Touches no file itself. */
export const fulfillmentFiles = definePlugin({
  name: 'fulfillment-files',
  version: VERSION,
  contractVersion: 1,
  options: z.strictObject({}),
  register(registry) {
    registry.add(FULFILLMENT_PROVIDER, fileProvider({ now: () => new Date() }));
  },
});

/** A grant whose settings cannot be read will not be readable later: somebody has to look at the product. */
function settingsOf({ product, settings }: { readonly product: string; readonly settings: Json }) {
  const { success, data } = fileSettings.safeParse(settings);
  if (success) return data;
  throw new PermanentError({
    code: 'settings_invalid',
    message: `the file settings of product ${product} do not parse: save them again, then retry`,
  });
}
