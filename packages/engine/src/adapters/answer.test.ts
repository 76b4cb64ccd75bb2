import { describe, expect, it } from '@jest/globals';
import { excerpt, retryAfterMs } from './answer.js';

const now = new Date('2026-03-01T12:00:00Z');

describe('the excerpt of an answer', () => {
  it('has no control characters, line breaks or marks that turn the writing around', () => {
    const text = excerpt(
      Buffer.from('one\r\nSet-Cookie: x\u0000\u001b[31mred\u007f\u0085\u2028\u202etxt.exe\u2066end'),
    );
    expect(text).toBe('one Set-Cookie: x [31mred txt.exe end');
  });

  it('has at most 2 kB, whatever it is made of, and ends between characters', () => {
    for (const body of [
      Buffer.alloc(70_000, 'a'),
      Buffer.alloc(70_000, 0xff),
      Buffer.from('🎁'.repeat(5000)),
      Buffer.from(`a${'é'.repeat(3000)}`),
    ]) {
      const text = excerpt(body);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
      expect(text.length).toBeGreaterThan(500);
      expect(Buffer.from(text).toString()).toBe(text);
    }
    expect(excerpt(Buffer.from('🎁'.repeat(5000)))).not.toContain('\ufffd');
  });
});

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Sun, 01 Mar 2026 12:05:00 GMT', 300_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['-5', null],
    ['1.5', null],
    ['1e9', null],
    ['99999999999999999999', null],
    ['soon', null],
    ['2027', 2_027_000],
    ['Xyz, 99 Foo 2026 99:99:99 GMT', null],
    [undefined, null],
    [['1', '2'], null],
  ])('%j asks to wait %j ms', (header, expected) => {
    expect(retryAfterMs({ header, now })).toBe(expected);
  });
});
