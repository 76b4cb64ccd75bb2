import { createHash } from 'node:crypto';
import type { ManualOptions } from './options.js';

/** Without letters that are mistaken for digits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/** What a buyer quotes for a payment. The same payment always gets the same one; another `round` another one, for the day that two meet. */
export function referenceNumber({
  payment,
  round,
  format: { format, prefix },
}: {
  readonly payment: string;
  readonly round: number;
  readonly format: ManualOptions['reference'];
}): string {
  const hash = createHash('sha256').update(`${round}:${payment}`).digest();
  const body = [...hash.subarray(0, LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return format === 'short'
    ? `${prefix}-${body.slice(0, 5)}-${body.slice(5)}`
    : inFours(`RF${checkDigits(`${prefix}${body}`)}${prefix}${body}`);
}

/** However it was typed: capitals and digits only. */
export const plainNumber = (typed: string): string => typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');

/** ISO 11649: the number with letters counted from 10 up leaves 1 when divided by 97. */
function checkDigits(body: string): string {
  const digits = [...`${body}RF00`].map((letter) => Number.parseInt(letter, 36)).join('');
  return String(98n - (BigInt(digits) % 97n)).padStart(2, '0');
}

const inFours = (text: string): string => text.replaceAll(/(.{4})(?=.)/g, '$1 ');
