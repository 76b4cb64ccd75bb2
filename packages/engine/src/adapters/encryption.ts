import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Encryption } from '../ports/encryption.js';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/** A key to seal or open with, and the name under which sealed texts refer to it. */
interface NamedKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** The keys of {@link createEncryption}: 32 bytes each, as 64 hex digits or base64. */
export interface EncryptionKeys {
  /** Seals, and opens what it sealed. */
  readonly key: string;
  /** Open what was sealed before `key` took over. */
  readonly olderKeys?: readonly string[];
  /**
   * Makes the look-up hashes; `key` when left out. Other hashes find nothing that is stored, so it stays what it was
   * when `key` is rotated.
   */
  readonly hashKey?: string;
}

/**
 * AES-256-GCM with a fresh nonce per text, and HMAC-SHA-256 for look-ups. A sealed text is `<key id>.<base64url of
 * nonce, ciphertext and tag>`; the key id is derived from
 * the key. To rotate: a new `key`, the old one into `olderKeys`, and `hashKey` as before (the very first key when it
 * was not set).
 *
 * @throws RangeError when a key does not have 32 bytes, or when keys were rotated and nothing says which one makes the
 * hashes
 */
export function createEncryption({ key: newest, olderKeys = [], hashKey }: EncryptionKeys): Encryption {
  if (olderKeys.length > 0 && hashKey === undefined)
    throw new RangeError('with older keys, hashKey must say which key makes the look-up hashes');
  const sealing = namedKey(newest);
  const byId = new Map([sealing, ...olderKeys.map(namedKey)].map(({ id, bytes }) => [id, bytes]));
  const lookup = subKey(keyBytes(hashKey ?? newest), 'payonce/hash/v1');
  return {
    seal: (text, aad) => `${sealing.id}.${encrypt({ key: sealing.bytes, text, aad }).toString('base64url')}`,
    open(sealed, aad) {
      const dot = sealed.indexOf('.');
      const [id, body] = [sealed.slice(0, dot), sealed.slice(dot + 1)];
      const key = byId.get(id);
      if (!key) throw new Error('the sealed text does not open: its key is not among the configured ones');
      try {
        return decrypt({ key, body: decode(body), aad });
      } catch (cause) {
        throw new Error('the sealed text does not open: it was changed, or sealed for another place', { cause });
      }
    },
    hash: (text) => createHmac('sha256', lookup).update(text).digest('base64url'),
  };
}

/** One sealed text has one spelling: bits that the encoding leaves unused are not ignored. */
function decode(body: string): Buffer {
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.toString('base64url') !== body) throw new Error('it is not spelled as it was sealed');
  return bytes;
}

function encrypt({ key, text, aad }: { key: Buffer; text: string; aad: string }): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(aad));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function decrypt({ key, body, aad }: { key: Buffer; body: Buffer; aad: string }): string {
  if (body.length < NONCE_BYTES + TAG_BYTES) throw new Error('it is cut short');
  const nonce = body.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(aad))
    .setAuthTag(body.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
}

function namedKey(key: string): NamedKey {
  const bytes = keyBytes(key);
  const id = createHash('sha256').update('payonce/key-id/v1').update(bytes).digest('hex').slice(0, 8);
  return { id, bytes: subKey(bytes, 'payonce/seal/v1') };
}

const subKey = (key: Buffer, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', purpose, KEY_BYTES));

function keyBytes(key: string): Buffer {
  const isHex = /^[0-9a-f]{64}$/i.test(key);
  const isBase64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(key);
  const bytes = Buffer.from(key, isHex ? 'hex' : 'base64');
  if ((!isHex && !isBase64) || bytes.length !== KEY_BYTES) {
    throw new RangeError('an encryption key is 32 bytes: 64 hex digits, or 44 characters of base64');
  }
  return bytes;
}
