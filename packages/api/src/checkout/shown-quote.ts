import type { Quote, Session } from '@payonce/engine/domain';
import { isCountry, isDomainError, priceWithoutTax } from '@payonce/engine/domain';
import type { CheckoutDeps } from './deps.js';
import { taxBuyer } from './pay-form.js';
import type { FormValues } from './pay-form.js';
import { quoteCart } from './quote.js';
import type { TaxKnown } from './summary.js';

/** A quote with how far it can be relied on. */
export interface ShownQuote {
  readonly quote: Quote;
  readonly tax: TaxKnown;
  /** Whether the calculator was asked, and gave no usable answer. */
  readonly unavailable: boolean;
}

/** What the session costs with what the form says so far: without tax until it says enough. */
export async function quoteForForm(
  { plugins, stores, clock }: Pick<CheckoutDeps, 'plugins' | 'stores' | 'clock'>,
  { session, values }: { readonly session: Session; readonly values: FormValues },
): Promise<ShownQuote> {
  const buyer = taxBuyer({ values, session });
  if (!buyer) {
    const instead = isCountry(values.country) ? 'Enter your address' : 'Choose your country';
    return untaxed({ session, instead });
  }
  try {
    const quote = await quoteCart({ plugins, businesses: stores.businesses, clock }, { cart: session, buyer });
    return { quote, tax: { known: true }, unavailable: false };
  } catch (thrown) {
    if (!isDomainError(thrown) || thrown.code !== 'TAX_UNAVAILABLE') throw thrown;
    return { ...untaxed({ session, instead: 'Not available right now' }), unavailable: true };
  }
}

/** The session's prices with a word in place of the tax. For display only. */
export const untaxed = ({ session, instead }: { readonly session: Session; readonly instead: string }): ShownQuote => ({
  quote: priceWithoutTax(session),
  tax: { known: false, instead },
  unavailable: false,
});
