import { z } from 'zod';

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
  /** Random keys, keys that can be checked without asking the server, or keys that the seller supplies one by one. */
  source: z.enum(['random', 'signed', 'manual']).default('random'),
  /** How many activations at a time; null for any number. */
  activationsLimit: z.int().min(0).nullable(),
  /** From the issue of the key; null for ever. */
  duration: duration.nullable(),
  /** Shown to the buyer with the key. */
  activationMessage: z.string().min(1).max(2000).nullable(),
});

/** As products keep them. */
export type LicenseSettings = z.infer<typeof licenseSettings>;

/** The settings that an installation takes: without a signing key there are no signed keys. */
export const settingsFor = ({ canSign }: { readonly canSign: boolean }) =>
  licenseSettings.refine(({ source }) => canSign || source !== 'signed', {
    path: ['source'],
    message: "'signed' needs options.signing of the plugin fulfillment-license-keys",
  });
