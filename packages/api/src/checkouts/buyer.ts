import type { TaxBuyer } from '@payonce/plugin-sdk';
import { DomainError, isId, missingTaxAddressFields } from '@payonce/engine/domain';
import type { Address, CustomerDetails, CustomerId, Scope } from '@payonce/engine/domain';
import type { ApiDeps } from '../deps.js';
import { found, notFound } from '../http/params.js';

/** Who buys, as callers say it: a customer of theirs, or somebody by e-mail address. */
export type BuyerInput =
  | { readonly customer_id: string }
  | {
      readonly email: string;
      readonly name?: string | null | undefined;
      readonly phone_number?: string | null | undefined;
    };

/** The customer that is meant; a new e-mail address makes a new one. What the caller says about the person holds for this purchase. */
export async function resolveBuyer(
  deps: ApiDeps,
  { buyer, id, ...scope }: Scope & { readonly buyer: BuyerInput; readonly id: CustomerId },
): Promise<CustomerDetails> {
  if ('customer_id' in buyer) return knownBuyer(deps, { id: buyer.customer_id, ...scope });
  const { email, name, phone_number: phone } = buyer;
  const known = await deps.stores.customers.ensure({
    ...scope,
    id,
    email,
    name: name ?? '',
    phone: phone ?? null,
    metadata: {},
    createdAt: deps.clock.now(),
  });
  return { id: known.id, email, name: name ?? known.name, phone: phone ?? known.phone };
}

async function knownBuyer(
  { stores }: ApiDeps,
  { id, business, mode }: Scope & { readonly id: string },
): Promise<CustomerDetails> {
  if (!isId('cus', id)) throw notFound('customer');
  const { email, name, phone } = found(await stores.customers.find({ business, mode, id }), 'customer');
  return { id, email, name, phone };
}

/** The buyer as tax sees them. */
export const taxBuyer = ({
  billing,
  taxId,
}: {
  readonly billing: Address;
  readonly taxId: string | null;
}): TaxBuyer => ({
  country: billing.country,
  ...(billing.state !== null && { state: billing.state }),
  ...(billing.zipcode !== null && { postcode: billing.zipcode }),
  ...(taxId !== null && { taxId }),
  kind: taxId === null ? 'consumer' : 'business',
});

/** Refuses an address whose tax cannot be known yet. */
export function checkTaxAddress(billing: Address): void {
  const [missing] = missingTaxAddressFields(billing);
  if (missing !== undefined) {
    throw new DomainError(
      'INVALID_REQUEST_BODY',
      `billing_address.${missing}: the tax in ${billing.country} depends on it.`,
    );
  }
}
