import { isCurrency } from '@payonce/plugin-sdk';
import type { Currency } from '@payonce/plugin-sdk';
import { z } from 'zod';

const currency = z.custom<Currency>((value) => typeof value === 'string' && isCurrency(value), {
  message: "is no currency code: write it like 'CHF'",
});
const country = z.string().regex(/^[A-Z]{2}$/, { message: "is no country code: write it like 'CH'" });

const account = z.strictObject({
  currencies: z.array(currency).min(1),
  countries: z.array(country).min(1).exactOptional(),
  modes: z
    .array(z.enum(['test', 'live']))
    .min(1)
    .exactOptional(),
  details: z
    .array(z.strictObject({ label: z.string().min(1).max(100), value: z.string().min(1).max(500) }))
    .min(1)
    .max(12),
});

/** Where buyers send their money. */
export type Account = z.infer<typeof account>;

/** What the plugin is configured with. */
export const manualOptions = z.strictObject({
  /** What buyers and merchants read. */
  displayName: z.string().min(1).max(60).default('Bank transfer'),
  /** The first that fits the currency, the mode and the country of a payment; what an account leaves out fits all. */
  accounts: z.array(account).min(1),
  reference: z
    .strictObject({
      /** 'short' is for people (TR-7K3MQ-92XTA), 'iso11649' for banks that check creditor references (RF18 …). */
      format: z.enum(['short', 'iso11649']).default('short'),
      prefix: z
        .string()
        .regex(/^[A-Z0-9]{1,6}$/, { message: 'is not 1 to 6 capital letters and digits' })
        .default('TR'),
    })
    .prefault({}),
  /** After that many days without money a payment counts as cancelled. */
  daysToPay: z.int().min(1).max(90).default(14),
});

export type ManualOptions = z.infer<typeof manualOptions>;
