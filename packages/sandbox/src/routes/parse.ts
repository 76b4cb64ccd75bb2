import { CURRENCY_EXPONENTS, isCurrency } from '@payonce/plugin-sdk';
import type { Currency } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { invalidRequest } from '../api-error.js';

/** Parses what came in; refuses with the names of the fields that are wrong. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  throw invalidRequest(
    parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; '),
  );
}

/** A line of text without control characters. */
export const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has control characters');

/** The caller's own reference. */
export const reference = line(255);

/** Minor units. */
export const amount = z.int().min(1).max(999_999_999_999);

export const currency = z.custom<Currency>((value) => typeof value === 'string' && isCurrency(value), {
  message: `is not one of the ${Object.keys(CURRENCY_EXPONENTS).length} currencies, in upper case`,
});

/** An http or https address without a user name or password. */
export const webUrl = line(2048).refine(isWebUrl, 'is not an http or https address');

function isWebUrl(text: string): boolean {
  if (!URL.canParse(text) || !/^https?:\/\//i.test(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/** Up to 50 texts under names that are safe everywhere. */
export const metadata = z
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, 'is not a metadata key'), z.string().max(500))
  .refine((entries) => Object.keys(entries).length <= 50, 'has more than 50 keys');

/** `?reference=` of a list. */
export const byReference = z.strictObject({ reference });
