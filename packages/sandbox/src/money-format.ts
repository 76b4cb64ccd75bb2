import { CURRENCY_EXPONENTS, toDecimal } from '@payonce/plugin-sdk';
import type { Money } from '@payonce/plugin-sdk';

/** An amount as a buyer reads it: 1255 EUR is '€12.55'. Exact at any size: it is formatted from its decimal text. */
export function formatMoney(money: Money): string {
  const digits = CURRENCY_EXPONENTS[money.currency];
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: money.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(toDecimal(money) as `${number}`);
}
