import { isCountry, priceWithoutTax, processorOf, toPreview } from '@payonce/engine/domain';
import type { CountryCode, Quote, Scope, WirePreview } from '@payonce/engine/domain';
import { quoteCart } from '../checkout/quote.js';
import type { QuotableCart } from '../checkout/quote.js';
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
  const routes = deps.plugins.routesFor({ mode: scope.mode, ...cart });
  const quote = await quoted(deps, { ...scope, cart: { ...cart, servedBy: routes }, request });
  const processor = processorOf(routes, request.billing_address?.country ?? null);
  checkAmount({
    capabilities: deps.plugins.processor(processor).capabilities,
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
  {
    cart,
    request,
    business,
    mode,
  }: Scope & {
    readonly cart: Cart & Pick<QuotableCart, 'servedBy'>;
    readonly request: CheckoutRequest;
  },
): Promise<Quote> {
  const billing = billingOf(request);
  if (!billing) return priceWithoutTax(cart);
  return quoteCart(
    { plugins, businesses: stores.businesses, clock },
    { cart: { ...cart, business, mode }, buyer: taxBuyer({ billing, taxId: request.tax_id || null }) },
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
