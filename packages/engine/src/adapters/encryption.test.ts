import { describe, expect, it } from '@jest/globals';
import { createEncryption } from './encryption.js';

const HEX = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const OTHER = 'ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const BASE64 = Buffer.from(HEX, 'hex').toString('base64');
const TEXT = 'ABCDE-FGHJK-MNPQR';
const PLACE = '["license_keys","lic_1","key"]';
const encryption = createEncryption({ key: HEX });

describe('a sealed text', () => {
  it('opens in its place, with the key as hex or as base64', () => {
    const sealed = encryption.seal(TEXT, PLACE);
    expect(encryption.open(sealed, PLACE)).toBe(TEXT);
    expect(createEncryption({ key: BASE64 }).open(sealed, PLACE)).toBe(TEXT);
    expect(encryption.open(encryption.seal('', PLACE), PLACE)).toBe('');
    expect(encryption.open(encryption.seal('ключ 🔑', PLACE), PLACE)).toBe('ключ 🔑');
  });

  it('shows nothing of the text and is never the same twice', () => {
    const sealed = encryption.seal(TEXT, PLACE);
    expect(sealed).toMatch(/^[0-9a-f]{8}\.[A-Za-z0-9_-]+$/);
    expect(sealed).not.toBe(encryption.seal(TEXT, PLACE));
    expect(Buffer.from(sealed.slice(9), 'base64url').includes('ABCDE')).toBe(false);
  });

  it('does not open after any of its bits was flipped', () => {
    const [id = '', body = ''] = encryption.seal(TEXT, PLACE).split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => encryption.open(`${id}.${flipped.toString('base64url')}`, PLACE)).toThrow('does not open');
    }
  });

  it('does not open when it is cut, lengthened, spelled in another way or has no key id', () => {
    const sealed = encryption.seal(TEXT, PLACE);
    const wrong = [
      '',
      '.',
      sealed.slice(0, 9),
      sealed.slice(0, 30),
      sealed.slice(0, -1),
      `${sealed}A`,
      `${sealed}=`,
      `${sealed}.x`,
    ];
    for (const text of [...wrong, sealed.slice(9), sealed.slice(0, 8)])
      expect(() => encryption.open(text, PLACE)).toThrow('does not open');
  });

  it('does not open in another row, field or collection', () => {
    const sealed = encryption.seal(TEXT, PLACE);
    for (const place of [
      '["license_keys","lic_2","key"]',
      '["license_keys","lic_1","other"]',
      '["grants","lic_1","key"]',
      '',
    ]) {
      expect(() => encryption.open(sealed, place)).toThrow('does not open');
    }
  });

  it('does not open with another key, and says that the key is missing', () => {
    const sealed = createEncryption({ key: OTHER }).seal(TEXT, PLACE);
    expect(() => encryption.open(sealed, PLACE)).toThrow('not among the configured ones');
  });
});

describe('rotation', () => {
  const rotated = createEncryption({ key: OTHER, olderKeys: [HEX], hashKey: HEX });

  it('opens what the older key sealed and seals with the newer one', () => {
    expect(rotated.open(encryption.seal(TEXT, PLACE), PLACE)).toBe(TEXT);
    expect(rotated.seal(TEXT, PLACE).slice(0, 8)).toBe(createEncryption({ key: OTHER }).seal('', '').slice(0, 8));
  });

  it('keeps every text readable over two rotations', () => {
    const THIRD = OTHER.replace('ff', 'ee');
    const again = createEncryption({ key: THIRD, olderKeys: [OTHER, HEX], hashKey: HEX });
    const texts = [encryption, rotated, again].map(({ seal }) => seal(TEXT, PLACE));
    expect(texts.map((sealed) => again.open(sealed, PLACE))).toEqual([TEXT, TEXT, TEXT]);
  });

  it('keeps the hashes that are stored', () => {
    expect(rotated.hash(TEXT)).toBe(encryption.hash(TEXT));
  });

  it('asks which key makes the hashes instead of guessing', () => {
    expect(() => createEncryption({ key: OTHER, olderKeys: [HEX] })).toThrow(RangeError);
  });
});

describe('hashes', () => {
  it('are the same for the same text and differ under another key', () => {
    expect(encryption.hash(TEXT)).toBe(createEncryption({ key: BASE64 }).hash(TEXT));
    expect(encryption.hash(TEXT)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(encryption.hash(TEXT)).not.toBe(encryption.hash(`${TEXT}1`));
    expect(encryption.hash(TEXT)).not.toBe(createEncryption({ key: OTHER }).hash(TEXT));
  });
});

it('refuses a key that does not have 32 bytes', () => {
  for (const key of ['', 'changeme', HEX.slice(2), `${HEX}00`, BASE64.slice(4), `${HEX.slice(1)}g`, 'x'.repeat(32)]) {
    expect(() => createEncryption({ key })).toThrow(RangeError);
    expect(() => createEncryption({ key: HEX, hashKey: key })).toThrow(RangeError);
  }
});
