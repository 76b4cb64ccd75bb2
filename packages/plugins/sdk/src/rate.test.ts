import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRate, parseRate } from './rate.js';

const RUNS = { numRuns: 2_000 };
const twelveDigits = 999_999_999_999n;

function refuses(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch (refusal) {
    return refusal instanceof TypeError;
  }
}

it('reads every fraction as it is written', () => {
  const part = (min: bigint) => fc.bigInt({ min, max: twelveDigits });
  fc.assert(
    fc.property(part(0n), part(1n), (numerator, denominator) => {
      expect(parseRate(`${numerator}/${denominator}`)).toEqual({ numerator, denominator });
    }),
    RUNS,
  );
});

it('reads every decimal as the exact fraction that it is', () => {
  const decimals = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999 }), decimals, (whole, digits) => {
      const { numerator, denominator } = parseRate(`${whole}.${digits.join('')}`);
      expect(denominator).toBe(10n ** BigInt(digits.length));
      expect(numerator).toBe(BigInt(whole) * denominator + BigInt(digits.join('')));
    }),
    RUNS,
  );
});

it('calls a rate exactly what it can read', () => {
  const nearly = fc.stringMatching(/^-?\d{0,13}[./,e]?-?\d{0,13}$/);
  fc.assert(
    fc.property(fc.oneof(nearly, fc.string()), (text) => {
      const read = () => parseRate(text).denominator > 0n;
      expect(isRate(text) ? read() : refuses(read)).toBe(true);
    }),
    RUNS,
  );
});

it.each([
  ['19/100', 19n, 100n],
  ['0.19', 19n, 100n],
  ['7/80', 7n, 80n],
  ['0.0875', 875n, 10_000n],
  ['1', 1n, 1n],
  ['0', 0n, 1n],
  ['0/1', 0n, 1n],
])('reads %s', (text, numerator, denominator) => {
  expect(parseRate(text)).toEqual({ numerator, denominator });
});

it.each(['', ' 0.1', '-0.1', '-1/2', '1/0', '1/02', '.5', '1.', '1e-2', '19%', '0,19', '١/٢', '0.1\n', '1/2/3', 'NaN'])(
  'says of %j that it is not a rate, and how to write one',
  (text) => {
    expect(() => parseRate(text)).toThrow(/is not a rate: write a fraction such as 19\/100 or a decimal such as 0\.19/);
  },
);
