import { isCurrency, toDecimal } from '@payonce/plugin-sdk';

/** '44.10 EUR'. Amounts are minor units. */
export const moneyText = ({ amount, currency }: { readonly amount: number; readonly currency: string }): string =>
  isCurrency(currency) ? `${toDecimal({ amount, currency })} ${currency}` : `${amount} (minor units) ${currency}`;
