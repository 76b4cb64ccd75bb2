import type { CountryCode } from '../country-codes.js';
import type { Address, Customer, CustomerDetails } from '../customer.js';
import { DomainError } from '../domain-error.js';
import type { PaymentId } from '../ids.js';
import type { Metadata } from '../metadata.js';
import type { Payment, ShownAttempt } from '../payment.js';
import { timestamp } from './timestamp.js';

/** The customer inside payments, refunds and activations. */
export interface WireCustomerDetails {
  readonly customer_id: string;
  readonly email: string;
  readonly name: string;
  readonly phone_number: string | null;
}

/** A customer of its own. */
export interface WireCustomer extends WireCustomerDetails {
  readonly business_id: string;
  readonly created_at: string;
  readonly metadata: Metadata;
  readonly blocked_at: null;
  readonly blocklist_entry_id: null;
}

/** Receivers of events refuse an address with a missing field: absent parts are null. */
export interface WireBilling {
  readonly country: CountryCode;
  readonly state: string | null;
  readonly city: string | null;
  readonly street: string | null;
  readonly zipcode: string | null;
}

/** A customer as payments show it. */
export const toCustomerDetails = ({ id, email, name, phone }: CustomerDetails): WireCustomerDetails => ({
  customer_id: id,
  email,
  name,
  phone_number: phone,
});

/** The buyer. Throws NOT_FOUND before the first attempt: until then the payment is shown to nobody. */
export function customerOf({ id, customer }: Pick<Payment, 'id' | 'customer'>): CustomerDetails {
  if (!customer) throw notAttempted(id);
  return customer;
}

/** The attempt that a payment shows. Throws NOT_FOUND as {@link customerOf} does. */
export function attemptOf({ id, attempt }: Pick<Payment, 'id' | 'attempt'>): ShownAttempt {
  if (!attempt) throw notAttempted(id);
  return attempt;
}

const notAttempted = (payment: PaymentId): DomainError =>
  new DomainError('NOT_FOUND', `payment ${payment} has not been attempted yet`);

/** A customer as GET /customers shows it. */
export const toCustomer = ({ customer }: { readonly customer: Customer }): WireCustomer => ({
  ...toCustomerDetails(customer),
  business_id: customer.business,
  created_at: timestamp(customer.createdAt),
  metadata: customer.metadata,
  blocked_at: null,
  blocklist_entry_id: null,
});

/** A billing address. */
export const toBilling = ({ country, state, city, street, zipcode }: Address): WireBilling => ({
  country: country as CountryCode, // checked where the address came in
  state,
  city,
  street,
  zipcode,
});
