import type { Payment } from '../payment.js';
import type { PaymentStatus } from '../payment-status.js';
import type { Session } from '../session.js';
import { timestamp } from './timestamp.js';

/** Where a checkout session stands. The payment shows from its first attempt on. */
export interface WireCheckoutSession {
  readonly id: string;
  readonly created_at: string;
  readonly customer_email: string | null;
  readonly customer_name: string | null;
  readonly payment_id: string | null;
  readonly payment_status: PaymentStatus;
}

/** GET /checkouts/{id}. The payment is the session's; null when its record is not written yet. The payment's customer goes before the session's. */
export function toCheckoutSession({
  session,
  payment,
}: {
  readonly session: Session;
  readonly payment: Payment | null;
}): WireCheckoutSession {
  const customer = payment?.customer ?? session.customer;
  return {
    id: session.id,
    created_at: timestamp(session.createdAt),
    customer_email: customer?.email ?? null,
    customer_name: customer?.name ?? null,
    payment_id: payment?.attempt ? payment.id : null,
    payment_status: payment?.status ?? null,
  };
}
