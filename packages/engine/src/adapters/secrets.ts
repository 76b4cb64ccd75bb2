import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../ports/outside.js';

const MIN_KEY_BYTES = 32;

/**
 * Keyed hashes under one root key. Each purpose has a sub-key of its own, so a signature can never serve as a look-up hash or the other way round.
 * Changing the root key orphans every stored hash: API keys must be issued anew.
 *
 * @throws RangeError when the key has fewer than 32 bytes
 */
export function createSecrets({ key }: { readonly key: string | Uint8Array }): Secrets {
  if (Buffer.byteLength(key) < MIN_KEY_BYTES)
    throw new RangeError(`The root key must have at least ${MIN_KEY_BYTES} bytes.`);
  const lookup = subKey(key, 'payonce/lookup/v1');
  const links = subKey(key, 'payonce/link/v1');
  const sign = (parts: readonly string[]): string => mac(links, JSON.stringify(parts));
  return {
    hash: (text) => mac(lookup, text),
    sign,
    verify: ({ parts, signature }) => equal(sign(parts), signature),
  };
}

const subKey = (key: string | Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', purpose, 32));

const mac = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('base64url');

/** Compares the texts, not what they decode to: one signature has one spelling. */
function equal(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
