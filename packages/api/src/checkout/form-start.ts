import type { CheckoutRecord } from './checkout-record.js';
import type { FormValues } from './pay-form.js';

/** What stands in the form at first: what the buyer sent last, or else what the merchant knows. */
export function initialValues({ session, attempts }: CheckoutRecord): FormValues {
  const last = attempts.at(-1)?.request;
  const customer = last?.customer ?? session.customer;
  const billing = last?.billing ?? session.billing;
  const taxId = last ? last.taxId : session.taxId;
  return {
    email: customer?.email ?? '',
    name: customer?.name ?? '',
    country: billing?.country ?? '',
    state: billing?.state ?? '',
    zipcode: billing?.zipcode ?? '',
    business: taxId !== null,
    businessName: (last ? last.customerBusinessName : session.customerBusinessName) ?? '',
    taxId: taxId ?? '',
  };
}
