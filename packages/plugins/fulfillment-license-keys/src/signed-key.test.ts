import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSigner, retiredKey, verifyLicenseKey } from './signed-key.js';

const pair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = {
    private: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    public: publicKey.export({ type: 'spki', format: 'pem' }),
  };
  return { signer: createSigner(String(pem.private)), retired: retiredKey(String(pem.public)) };
};

const { signer, retired } = pair();
const said = { product: 'pdt_1', grant: 'entg_1', issued: 1_795_000_000, expires: 1_795_100_000 };
const during = new Date(1_795_050_000_000);
const publicKeys = [signer.publicKey];

describe('a signed license key', () => {
  it('is read by whoever has the public key, without asking anybody', () => {
    const key = signer.sign(said);
    expect(key).toMatch(/^key\/[\w-]+\.[\w-]{86}$/);
    expect(key.length).toBeLessThan(400);
    expect(verifyLicenseKey({ key, publicKeys, now: during })).toEqual({ kid: signer.publicKey.kid, ...said });
  });

  it('ends when it says, or never', () => {
    const until = (expires: number | null, now: Date) =>
      verifyLicenseKey({ key: signer.sign({ ...said, expires }), publicKeys, now }) !== undefined;
    expect(until(said.expires, new Date(said.expires * 1000 - 1))).toBe(true);
    expect(until(said.expires, new Date(said.expires * 1000))).toBe(false);
    expect(until(null, new Date('2999-01-01'))).toBe(true);
  });

  it('is worth nothing under another key, also when that one names itself alike', () => {
    const other = pair().signer;
    const alike = { ...other.publicKey, kid: signer.publicKey.kid };
    expect(verifyLicenseKey({ key: signer.sign(said), publicKeys: [other.publicKey], now: during })).toBeUndefined();
    expect(verifyLicenseKey({ key: signer.sign(said), publicKeys: [alike], now: during })).toBeUndefined();
    expect(verifyLicenseKey({ key: signer.sign(said), publicKeys: [], now: during })).toBeUndefined();
  });

  it('is worth nothing when one character changed', () => {
    const key = signer.sign(said);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: key.length - 2 }),
        fc.constantFrom('a', 'Z', '0', '_', '.', '-'),
        (at, character) => {
          const changed = key.slice(0, at) + character + key.slice(at + 1);
          fc.pre(changed !== key);
          expect(verifyLicenseKey({ key: changed, publicKeys, now: during })).toBeUndefined();
        },
      ),
    );
  });

  it.each(['', 'key/', 'key/e30', `key/e30.${'A'.repeat(86)}`, `key/bm9uc2Vuc2U.${'A'.repeat(86)}`])(
    'is not %j',
    (key) => {
      expect(verifyLicenseKey({ key, publicKeys, now: during })).toBeUndefined();
    },
  );
});

it('names a public key the same whether it signs or is retired, and shows nothing private', () => {
  expect(retired).toEqual(signer.publicKey);
  expect(Object.keys(signer.publicKey).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
});

it.each([
  ['nonsense', 'nonsense'],
  [
    'a key of another kind',
    String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })),
  ],
])('refuses %s to sign with', (_, pem) => {
  expect(() => createSigner(pem)).toThrow('is no Ed25519 key in PEM form');
});
