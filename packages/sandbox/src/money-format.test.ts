import { expect, it } from '@jest/globals';
import { formatMoney } from './money-format.js';

it.each([
  [{ amount: 1255, currency: 'EUR' } as const, '€12.55'],
  [{ amount: 5, currency: 'USD' } as const, '$0.05'],
  [{ amount: 1999, currency: 'JPY' } as const, '¥1,999'],
  [{ amount: 1234567, currency: 'KWD' } as const, 'KWD\u00a01,234.567'],
  [{ amount: 999_999_999_999, currency: 'GBP' } as const, '£9,999,999,999.99'],
])('shows %j as %s', (money, text) => {
  expect(formatMoney(money)).toBe(text);
});
