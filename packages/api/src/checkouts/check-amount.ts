import { toDecimal } from '@payonce/plugin-sdk';
import type { Currency } from '@payonce/plugin-sdk';
import { DomainError } from '@payonce/engine/domain';
import type { ProcessorCaller } from '@payonce/engine/plugins';

/** Amounts on the wire are 32-bit numbers. */
const MAX_AMOUNT = 2_147_483_647;

/** Refuses an amount that the processor cannot take: another currency, too little, or too much. Nothing at all is fine: free goods need no processor. */
export function checkAmount({
  capabilities,
  amount,
  currency,
}: {
  readonly capabilities: ProcessorCaller['capabilities'];
  readonly amount: number;
  readonly currency: Currency;
}): void {
  const { currencies, minimumAmount } = capabilities;
  if (currencies !== 'all' && !currencies.includes(currency)) {
    throw new DomainError('UNSUPPORTED_CURRENCY', `The payment processor does not take ${currency}.`);
  }
  const minimum = minimumAmount[currency] ?? 0;
  if (amount > 0 && amount < minimum) {
    throw new DomainError(
      'TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT',
      `Minimum amount of ${toDecimal({ amount: minimum, currency })} ${currency} is required.`,
    );
  }
  if (amount > MAX_AMOUNT)
    throw new DomainError('INVALID_REQUEST_BODY', `product_cart: the total is over ${MAX_AMOUNT} minor units.`);
}
