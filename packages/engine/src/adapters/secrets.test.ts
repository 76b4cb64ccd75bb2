import { describe, expect, it } from '@jest/globals';
import { createSecrets } from './secrets.js';

const KEY = 'a root key of at least 32 bytes, for tests';
const secrets = createSecrets({ key: KEY });
const LINK = ['/files', 'entg_1', 'file_2', '1767225600'];

describe('look-up hashes', () => {
  it('are the same for the same text and hide it', () => {
    expect(secrets.hash('sk_test_1')).toBe(createSecrets({ key: Buffer.from(KEY) }).hash('sk_test_1'));
    expect(secrets.hash('sk_test_1')).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(secrets.hash('sk_test_1')).not.toBe(secrets.hash('sk_test_2'));
  });

  it('differ under another root key', () => {
    expect(createSecrets({ key: `${KEY}!` }).hash('sk_test_1')).not.toBe(secrets.hash('sk_test_1'));
  });

  it('never equal a signature, though both have one root key', () => {
    expect(secrets.hash(JSON.stringify(LINK))).not.toBe(secrets.sign(LINK));
  });
});

describe('signed links', () => {
  it('verify with the parts that were signed', () => {
    expect(secrets.verify({ parts: LINK, signature: secrets.sign(LINK) })).toBe(true);
  });

  it('refuse a change of any part', () => {
    const signature = secrets.sign(LINK);
    LINK.forEach((_, index) => {
      const parts = LINK.map((part, at) => (at === index ? `${part}0` : part));
      expect(secrets.verify({ parts, signature })).toBe(false);
    });
  });

  it('refuse parts whose boundaries moved', () => {
    const signature = secrets.sign(['ab', 'c']);
    for (const parts of [['a', 'bc'], ['abc'], ['ab', 'c', ''], ['ab","c']])
      expect(secrets.verify({ parts, signature })).toBe(false);
  });

  it('refuse a signature that is cut, padded, empty, spelled in another way or not ASCII', () => {
    const signature = secrets.sign(LINK);
    const standard = Buffer.from(signature, 'base64url').toString('base64');
    for (const wrong of [
      signature.slice(1),
      `${signature}=`,
      `${signature} `,
      '',
      standard,
      'é'.repeat(43),
      signature.toUpperCase(),
    ]) {
      expect(secrets.verify({ parts: LINK, signature: wrong })).toBe(false);
    }
  });
});

it('refuses a root key that is too short to be one', () => {
  expect(() => createSecrets({ key: 'changeme' })).toThrow(RangeError);
});
