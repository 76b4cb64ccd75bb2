import { z } from 'zod';
import { currency, idText } from '../../http/fields.js';
import { createdBetween, neverMatches, paging } from '../../http/query.js';

/** Every status of the wire; those that one-time payments never reach match nothing. */
const REACHED = [
  'succeeded',
  'failed',
  'cancelled',
  'processing',
  'requires_customer_action',
  'requires_merchant_action',
] as const;
const UNREACHED = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_capture',
  'partially_captured',
  'partially_captured_and_capturable',
] as const;

/** GET /payments. */
export const listPayments = z.strictObject({
  ...paging,
  ...createdBetween,
  customer_id: idText.optional(),
  subscription_id: neverMatches,
  status: z.enum([...REACHED, ...UNREACHED]).optional(),
  brand_id: idText.optional(),
  product_id: idText.optional(),
  currency: currency.optional(),
});

export type ListPayments = z.output<typeof listPayments>;

/** The status as records have it; undefined for one that they never have. */
export const reachedStatus = (status: NonNullable<ListPayments['status']>): (typeof REACHED)[number] | undefined =>
  REACHED.find((known) => known === status);
