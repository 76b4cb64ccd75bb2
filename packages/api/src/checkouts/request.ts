import { DomainError } from '@payonce/engine/domain';
import type { Address } from '@payonce/engine/domain';
import type { CheckoutRequest } from '../routes/checkouts/schema.js';

/** The billing address as sessions keep it; null when none was given. */
export const billingOf = ({ billing_address: given }: CheckoutRequest): Address | null =>
  given
    ? {
        country: given.country,
        state: given.state || null,
        city: given.city || null,
        street: given.street || null,
        zipcode: given.zipcode || null,
      }
    : null;

/** Rules between the fields of a checkout that no single field can break. */
export function checkTogether(request: CheckoutRequest): void {
  const { confirm, customer, billing_address: billing, payment_method_id: method, tax_id: taxId } = request;
  if (taxId && !billing) throw refusal('tax_id: needs billing_address with its country.');
  if (confirm && !customer) throw refusal('customer: confirm needs to know who buys.');
  if (confirm && !billing) throw refusal('billing_address: confirm needs to know where the buyer is.');
  if (!method) return;
  if (!confirm) throw refusal('payment_method_id: can only be charged with confirm.');
  if (!customer || !('customer_id' in customer))
    throw refusal('payment_method_id: needs an existing customer, by customer_id.');
}

/** There is one price per product: a cart is paid in its own currency. */
export function checkCurrency(
  { billing_currency: wanted }: CheckoutRequest,
  { currency }: { readonly currency: string },
): void {
  if (wanted && wanted !== currency)
    throw new DomainError('UNSUPPORTED_CURRENCY', `billing_currency: this cart is sold in ${currency} only.`);
}

const refusal = (message: string): DomainError => new DomainError('INVALID_REQUEST_BODY', message);
