import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';

/** What a signed key says. No word of the buyer: whoever holds the key can read it. */
const claims = z.object({
  /** Which of the published keys signed it. */
  kid: z.string(),
  product: z.string(),
  grant: z.string(),
  /** Seconds since 1970. */
  issued: z.int(),
  /** Seconds since 1970; null for ever. */
  expires: z.int().nullable(),
});

/** What a signed key says. */
export type SignedClaims = z.infer<typeof claims>;

/** A public key as it is published: JSON Web Key, Ed25519. */
export interface PublicLicenseKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly use: 'sig';
  readonly alg: 'EdDSA';
  readonly kid: string;
  readonly x: string;
}

/** Signs license keys. */
export interface Signer {
  readonly publicKey: PublicLicenseKey;
  sign(claims: Omit<SignedClaims, 'kid'>): string;
}

/** Throws a TypeError when the text is no Ed25519 private key in PEM form. */
export function createSigner(pem: string): Signer {
  const key = ed25519(() => createPrivateKey(pem));
  const publicKey = published(createPublicKey(key));
  return {
    publicKey,
    sign(said) {
      const body = Buffer.from(JSON.stringify({ kid: publicKey.kid, ...said })).toString('base64url');
      const signed = `key/${body}`;
      return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`;
    },
  };
}

/** A key that signs no more, so that the keys which it signed can still be checked. Throws a TypeError when the text is no Ed25519 public key in PEM form. */
export const retiredKey = (pem: string): PublicLicenseKey => published(ed25519(() => createPublicKey(pem)));

/**
 * What a signed license key says, when one of the published keys signed it and it is not over; undefined for anything else. Asks nobody: a key that was refunded since still
 * passes, so ask the server when there is one.
 */
export function verifyLicenseKey({
  key,
  publicKeys,
  now = new Date(),
}: {
  readonly key: string;
  readonly publicKeys: readonly PublicLicenseKey[];
  readonly now?: Date;
}): SignedClaims | undefined {
  const parts = /^(key\/([\w-]+))\.([\w-]{86})$/.exec(key);
  const [, signed = '', body = '', signature = ''] = parts ?? [];
  const said = parts === null ? undefined : readClaims(body);
  const publicKey = publicKeys.find(({ kid }) => kid === said?.kid);
  if (said === undefined || publicKey === undefined) return undefined;
  const { kty, crv, x } = publicKey;
  const verifier = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
  if (!verify(null, Buffer.from(signed), verifier, Buffer.from(signature, 'base64url'))) return undefined;
  return said.expires !== null && said.expires * 1000 <= now.getTime() ? undefined : said;
}

function readClaims(body: string): SignedClaims | undefined {
  try {
    return claims.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function ed25519(read: () => KeyObject): KeyObject {
  const key = readable(read);
  if (key?.asymmetricKeyType !== 'ed25519') throw new TypeError('is no Ed25519 key in PEM form');
  return key;
}

function readable(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The id is the key's own thumbprint (RFC 7638), shortened: it needs no bookkeeping. */
function published(key: KeyObject): PublicLicenseKey {
  const { x = '' } = key.export({ format: 'jwk' });
  const thumbprint = createHash('sha256').update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }));
  return { kty: 'OKP', crv: 'Ed25519', use: 'sig', alg: 'EdDSA', kid: thumbprint.digest('base64url').slice(0, 8), x };
}
