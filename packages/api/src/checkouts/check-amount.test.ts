import { expect, it } from '@jest/globals';
import { checkAmount } from './check-amount.js';

const capabilities = {
  currencies: ['EUR', 'JPY'],
  notFoundFinalAfterSeconds: 60,
  idempotencyKeyLifeSeconds: 3600,
  minimumAmount: { EUR: 50 },
  webhooks: true,
  paymentProvider: 'dodo',
} as const;
const check = (amount: number, currency: 'EUR' | 'JPY' | 'USD') => () =>
  checkAmount({ capabilities, amount, currency });

it.each([
  [0, 'EUR'],
  [50, 'EUR'],
  [1, 'JPY'],
  [2_147_483_647, 'EUR'],
] as const)('%i %s can be paid', (amount, currency) => {
  expect(check(amount, currency)).not.toThrow();
});

it.each([
  [1, 'EUR', 'Minimum amount of 0.50 EUR is required.'],
  [49, 'EUR', 'Minimum amount of 0.50 EUR is required.'],
  [100, 'USD', 'does not take USD'],
  [2_147_483_648, 'EUR', 'the total is over'],
] as const)('%i %s is refused', (amount, currency, words) => {
  expect(check(amount, currency)).toThrow(words);
});
