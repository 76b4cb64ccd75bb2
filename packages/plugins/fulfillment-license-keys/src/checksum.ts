/**
 * Two check symbols after up to 29 symbols of five bits: a Reed–Solomon code over GF(32), distance 3. Whatever happens to two symbols, or to one, is noticed; exchanging
 * two is such a case.
 */
export function checksum(symbols: readonly number[]): readonly [number, number] {
  return symbols.reduce<readonly [number, number]>(
    ([high, low], symbol) => {
      const feedback = symbol ^ high;
      return [low ^ multiply(feedback, GENERATOR[0]), multiply(feedback, GENERATOR[1])];
    },
    [0, 0],
  );
}

/** x² + 6x + 8, the polynomial with the roots 2 and 4: the first two powers of the field's generator, 2. */
const GENERATOR = [6, 8] as const;

/** Multiplies two symbols modulo x⁵ + x² + 1. */
function multiply(left: number, right: number): number {
  return [0, 1, 2, 3, 4].reduce((product, bit) => (right & (1 << bit) ? product ^ doubled(left, bit) : product), 0);
}

function doubled(symbol: number, times: number): number {
  if (times === 0) return symbol;
  const twice = symbol << 1;
  return doubled(twice & 32 ? twice ^ 0b100101 : twice, times - 1);
}
