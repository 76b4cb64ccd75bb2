import { isCountry, priceWithoutTax, toPreview } from '@payonce/engine/domain';
import type { CountryCode, Quote, Scope, WirePreview } from '@payonce/engine/domain';
import { quoteCart } from '../checkout/quote.js';
import type { ApiDeps } from '../deps.js';
import type { CheckoutRequest } from '../routes/checkouts/schema.js';
import { taxBuyer } from './buyer.js';
import { snapshotCart } from './cart.js';
import type { Cart } from './cart.js';
import { checkAmount } from './check-amount.js';
import { billingOf, checkCurrency, checkTogether } from './request.js';

/** What a checkout would cost. Makes nothing, not even a customer. Without an address no tax is known: the price is shown without it, for the seller's country. */
export async function previewCheckout(
  deps: ApiDeps,
  { request, ...scope }: Scope & { readonly request: CheckoutRequest },
): Promise<WirePreview> {
  checkTogether(request);
  const items = request.product_cart.map(({ product_id: product, quantity }) => ({ product, quantity }));
  const cart = await snapshotCart(deps, { ...scope, items });
  checkCurrency(request, cart);
  const quote = await quoted(deps, { ...scope, cart, request });
  checkAmount({
    capabilities: deps.plugins.processor(deps.plugins.processorFor(scope.mode)).capabilities,
    amount: quote.total,
    currency: cart.currency,
  });
  return toPreview({
    quote,
    cart: cart.lines,
    country: await countryOf(deps, { ...scope, request }),
    taxIdProblem: null,
  });
}

async function quoted(
  { plugins, stores, clock }: ApiDeps,
  { cart, request, business, mode }: Scope & { readonly cart: Cart; readonly request: CheckoutRequest },
): Promise<Quote> {
  const billing = billingOf(request);
  if (!billing) return priceWithoutTax(cart);
  const priced = { ...cart, business, mode, servedBy: { taxCalculator: plugins.taxCalculator() } };
  return quoteCart(
    { plugins, businesses: stores.businesses, clock },
    { cart: priced, buyer: taxBuyer({ billing, taxId: request.tax_id || null }) },
  );
}

async function countryOf(
  { stores }: ApiDeps,
  { business, request }: Pick<Scope, 'business'> & { readonly request: CheckoutRequest },
): Promise<CountryCode> {
  if (request.billing_address) return request.billing_address.country;
  const seller = (await stores.businesses.find(business))?.country ?? '';
  return isCountry(seller) ? seller : 'US';
}
