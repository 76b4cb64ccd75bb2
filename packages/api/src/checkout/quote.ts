import type { Quote, Session, TaxRouting } from '@payonce/engine/domain';
import { DomainError, isDomainError, priceCart, taxableLines } from '@payonce/engine/domain';
import { calculateTax } from '@payonce/engine/plugins';
import type { TaxPlugins } from '@payonce/engine/plugins';
import type { BusinessStore, Clock } from '@payonce/engine/ports';
import type { TaxBuyer } from '@payonce/plugin-sdk';

/** What is to be priced; a session is one. */
export type QuotableCart = Pick<Session, 'business' | 'mode' | 'currency' | 'lines'> & {
  readonly servedBy: TaxRouting;
};

export interface QuoteDeps {
  readonly plugins: TaxPlugins;
  readonly businesses: Pick<BusinessStore, 'find'>;
  readonly clock: Clock;
}

/**
 * What a cart costs this buyer today: the calculator and the pricing function that the charge uses as well, so both agree to the unit. Writes nothing.
 * Rejects with a DomainError TAX_UNAVAILABLE when the calculator gives no usable answer.
 */
export async function quoteCart(
  { plugins, businesses, clock }: QuoteDeps,
  { cart, buyer }: { readonly cart: QuotableCart; readonly buyer: TaxBuyer },
): Promise<Quote> {
  const { business, mode, currency, lines } = cart;
  const seller = await businesses.find(business);
  const date = clock.now().toISOString().slice(0, 10);
  try {
    const asked = {
      seller: { business, ...(seller?.country ? { country: seller.country } : {}) },
      buyer,
      currency,
      date,
      lines: taxableLines(lines),
      idempotencyKey: `${business}:quote:${date}`,
      mode,
    };
    const tax = await calculateTax({ plugins, servedBy: cart.servedBy, asked });
    return priceCart({ currency, lines, tax });
  } catch (thrown) {
    if (isDomainError(thrown)) throw thrown;
    throw new DomainError(
      'TAX_UNAVAILABLE',
      'the tax cannot be worked out right now: nothing was charged, try again in a minute',
      {
        cause: thrown,
      },
    );
  }
}
