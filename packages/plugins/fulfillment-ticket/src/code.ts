/** Crockford's base32: no I, L, O or U, so that nothing can be misread. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_SYMBOLS = 18;
const CODE = new RegExp(`^[${ALPHABET}]{${RANDOM_SYMBOLS + 2}}$`);

/** A prime just under two symbols: one wrong symbol and two exchanged ones always change the remainder. */
const MODULUS = 1021n;

/** How many random bytes a code takes; it uses five bits of each, so a code is one of 2^90. */
export const RANDOM_BYTES = RANDOM_SYMBOLS;

/** Makes a code of secure random bytes: 20 symbols, the last two of them a checksum. */
export function ticketCode(random: Uint8Array): string {
  if (random.length !== RANDOM_BYTES) throw new RangeError(`a ticket code takes ${RANDOM_BYTES} random bytes`);
  const body = Array.from(random, (byte) => ALPHABET.charAt(byte % 32)).join('');
  return body + checksum(body);
}

/** As the buyer reads it: four groups of five. */
export const codeText = (code: string): string => code.replaceAll(/.{5}(?=.)/g, '$&-');

/** What somebody typed or scanned, as it is kept; undefined when it cannot be a code. Case, hyphens and spaces don't matter; O is 0, I and L are 1. */
export function readCode(text: string): string | undefined {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (!CODE.test(code)) return undefined;
  return checksum(code.slice(0, RANDOM_SYMBOLS)) === code.slice(RANDOM_SYMBOLS) ? code : undefined;
}

function checksum(body: string): string {
  const value = Array.from(body).reduce((sum, symbol) => (sum * 32n + BigInt(ALPHABET.indexOf(symbol))) % MODULUS, 0n);
  const check = Number((value * 1024n) % MODULUS);
  return ALPHABET.charAt(check >> 5) + ALPHABET.charAt(check & 31);
}
