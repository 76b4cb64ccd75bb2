import { describe, expect, it } from '@jest/globals';
import { holdsCardDigits } from './card-digits.js';

describe('a text with card digits', () => {
  it.each([
    '4242424242424242',
    '4242 4242 4242 4242',
    '5555-5555-5555-4444',
    'Ada 378282246310005',
    'x4242424242424242y',
  ])('is recognized: %s', (text) => expect(holdsCardDigits(text)).toBe(true));

  it.each(['Ada Lovelace', '4242424242424241', '0049 30 1234567', '123456789012', 'Studio 2000', ''])(
    'is not seen where there is none: %s',
    (text) => expect(holdsCardDigits(text)).toBe(false),
  );

  it('does not take long on long texts', () => {
    const before = performance.now();
    holdsCardDigits('4 '.repeat(50_000));
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
