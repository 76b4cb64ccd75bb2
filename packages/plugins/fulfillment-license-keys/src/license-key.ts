import { checksum } from './checksum.js';

/** Crockford's base32: no I, L, O or U, so that nothing can be misread. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const KEY = new RegExp(`^[${ALPHABET}]{5}(?:-[${ALPHABET}]{5}){5}$`);

/** How many random bytes a key takes; it uses five bits of each, so a key is one of 2^140. */
export const RANDOM_BYTES = 28;

/** Makes a key of secure random bytes: six groups of five symbols, the last two of them a checksum over the others. */
export function licenseKey(random: Uint8Array): string {
  if (random.length !== RANDOM_BYTES) throw new RangeError(`a license key takes ${RANDOM_BYTES} random bytes`);
  const symbols = Array.from(random, (byte) => byte % 32);
  const text = [...symbols, ...checksum(symbols)].map((symbol) => ALPHABET.charAt(symbol)).join('');
  return text.replaceAll(/.{5}(?=.)/g, '$&-');
}

/**
 * Whether a text is such a key without a typing mistake: one or two wrong symbols and any two exchanged ones are always noticed. Says nothing about whether the key was
 * ever issued.
 */
export function isLicenseKey(text: string): boolean {
  if (!KEY.test(text)) return false;
  const symbols = Array.from(text.replaceAll('-', ''), (symbol) => ALPHABET.indexOf(symbol));
  const [first, second] = checksum(symbols.slice(0, RANDOM_BYTES));
  return first === symbols[RANDOM_BYTES] && second === symbols[RANDOM_BYTES + 1];
}
