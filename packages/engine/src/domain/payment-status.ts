/** IntentStatus of the wire, as far as one-time payments reach it; null before the first attempt. */
export type PaymentStatus =
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'processing'
  | 'requires_customer_action'
  | 'requires_merchant_action'
  | null;
