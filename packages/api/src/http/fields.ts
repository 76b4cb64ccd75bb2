import { isCountry } from '@payonce/engine/domain';
import { TAX_CATEGORIES, isCurrency } from '@payonce/plugin-sdk';
import type { Currency } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** Everything below U+0020 but tab and line ends, the C1 controls, and halves of surrogate pairs. */
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Cs}/u;
const LINE_END = /[\t\n\r]/;
const MAX_INT32 = 2_147_483_647;

/** Text of one or more lines, in one Unicode spelling. */
export const lines = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !UNPRINTABLE.test(value), { message: 'has control characters' })
    .normalize('NFC');

/** Text on one line. */
export const line = (max: number) =>
  lines(max).refine((value) => !LINE_END.test(value), { message: 'has line breaks' });

/** Text on one line that says something. */
export const name = (max: number) => line(max).trim().min(1);

export const email = z.email().max(254);

/** Minor units: a whole number, 0 or more. */
export const amount = z.int().min(0).max(MAX_INT32);

export const currency = z.custom<Currency>((value) => typeof value === 'string' && isCurrency(value), {
  message: 'is not a currency that we sell in',
  params: { refusal: 'UNSUPPORTED_CURRENCY' },
});

/** ISO 3166-1 alpha-2. */
export const country = z.string().refine(isCountry, {
  message: 'is not an ISO 3166-1 alpha-2 country code',
  params: { refusal: 'UNSUPPORTED_COUNTRY' },
});

export const taxCategory = z.enum(TAX_CATEGORIES);

/** An id as callers send it. Whether it names anything, and anything of theirs, is found out by looking. */
export const idText = z.string().min(1).max(100);

export const uuid = z.uuid();

/** RFC 3339 with a zone. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const metadataValue = z.union([line(500), z.number().refine(Number.isFinite), z.boolean()]);

/** Up to 50 pairs of short texts, numbers and booleans. */
export const metadata = z
  .record(
    z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, { message: 'keys have 1 to 40 characters of A-Z, a-z, 0-9, _ and -' }),
    metadataValue,
  )
  .refine((pairs) => Object.keys(pairs).length <= 50, {
    message: 'has more than 50 pairs',
    params: { refusal: 'MAXIMUM_KEYS_REACHED' },
  });

/** A documented field that changes nothing here: taken in any form, and dropped. */
export const ignored = z
  .unknown()
  .optional()
  .transform(() => undefined);

/** A documented field of something that is not sold here. Saying that it is not wanted is fine; wanting it is refused. */
export const unsupported = z
  .unknown()
  .optional()
  .refine(isAbsent, { message: 'is not supported: leave it out', params: { refusal: 'UNSUPPORTED_FEATURE' } })
  .transform(() => undefined);

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);
}
