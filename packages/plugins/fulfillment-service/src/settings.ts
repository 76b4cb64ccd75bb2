import { PermanentError } from '@payonce/plugin-sdk';
import type { Grant } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** What a product's buyers are told, and by when the seller wants to have delivered. */
export const serviceSettings = z.strictObject({
  instructions: z
    .string()
    .min(1)
    .max(250)
    .describe('What happens now, for the buyer: "We translate your text and send it to you."'),
  buyerSends: z
    .string()
    .min(1)
    .max(150)
    .nullable()
    .default(null)
    .describe('What the buyer must send first, and where to; null when nothing is needed.'),
  dueDays: z
    .int()
    .min(1)
    .max(730)
    .nullable()
    .default(null)
    .describe('Within how many days after the payment it should be delivered; null for no date.'),
});

export type ServiceSettings = z.output<typeof serviceSettings>;

/** A grant whose settings cannot be read will not be readable later: somebody has to look at the product. */
export function settingsOf({ product, settings }: Grant): ServiceSettings {
  const { success, data } = serviceSettings.safeParse(settings);
  if (success) return data;
  throw new PermanentError({
    code: 'settings_invalid',
    message: `the service settings of product ${product} do not parse: save them again, then retry`,
  });
}
