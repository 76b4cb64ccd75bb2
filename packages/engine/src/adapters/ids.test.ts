import { describe, expect, it } from '@jest/globals';
import { isId } from '../domain/ids.js';
import { ids } from './ids.js';

describe('minted ids', () => {
  it('carry their prefix and 21 URL-safe characters', () => {
    for (let round = 0; round < 1000; round += 1) expect(isId('pay', ids.mint('pay'))).toBe(true);
  });

  it('never repeat', () => {
    expect(new Set(Array.from({ length: 20_000 }, () => ids.mint('evt'))).size).toBe(20_000);
  });
});

describe('derived ids', () => {
  it('are the same for the same parts, and look like minted ones', () => {
    const id = ids.derive('entg', 'pay_1', 'ent_1', '0');
    expect(ids.derive('entg', 'pay_1', 'ent_1', '0')).toBe(id);
    expect(isId('entg', id)).toBe(true);
  });

  it('stay as they were released: stored ids are found again by deriving them', () => {
    expect(ids.derive('evt', 'pay_a', 'payment.succeeded', 'att_b')).toBe('evt_GL-k7yRTtIImdgmu6As19');
  });

  it('differ when a boundary between parts moves', () => {
    const splits = [
      ['ab', 'c'],
      ['a', 'bc'],
      ['abc'],
      ['a', 'b', 'c'],
      ['a","b', 'c'],
      ['a', 'b","c'],
      ['abc', ''],
      ['', 'abc'],
      ['a,b', 'c'],
      ['ab\u0000c'],
    ];
    expect(new Set(splits.map((parts) => ids.derive('evt', ...parts))).size).toBe(splits.length);
  });
});
