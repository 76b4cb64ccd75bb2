import type { CustomerId, InvoiceId, PaymentId, ProductId, RefundId } from '../domain/ids.js';
import type { Payment, RecordedState, ShownAttempt } from '../domain/payment.js';
import type { PaymentStatus } from '../domain/payment-status.js';
import type { Refund, RefundStatus } from '../domain/refund.js';
import type { RefundRequest } from '../domain/refund-rules.js';
import type { Scope } from '../domain/scope.js';
import type { CustomerDetails } from '../domain/customer.js';
import type { CreatedBetween, Page } from './page.js';

/** What callers may list payments by. */
export interface PaymentFilter extends Scope, CreatedBetween {
  readonly customer?: CustomerId;
  readonly status?: Exclude<PaymentStatus, null>;
  readonly product?: ProductId;
  readonly brand?: string;
  readonly currency?: string;
  readonly page: Page;
}

/** A new state of a payment with what is shown beside it. */
export interface StateChange {
  readonly id: PaymentId;
  readonly state: RecordedState;
  readonly status: PaymentStatus;
  /** undefined leaves what is there. */
  readonly customer?: CustomerDetails;
  readonly attempt?: ShownAttempt;
  readonly paidAt?: Date;
  /** Who takes the money of the attempt that is shown. */
  readonly processor?: string;
  readonly paymentProvider?: Payment['paymentProvider'];
}

/** The record of purchases. */
export interface PaymentStore {
  /** Adds a payment; adding the same id again changes nothing. */
  insert(payment: Payment): Promise<void>;
  find(id: PaymentId): Promise<Payment | undefined>;
  findScoped(key: Scope & { readonly id: PaymentId }): Promise<Payment | undefined>;
  /** Only payments with an attempt, newest first. */
  list(filter: PaymentFilter): Promise<readonly Payment[]>;
  /** Applies only over a smaller revision; a zombie's late write changes nothing. Answers the payment as it is then. */
  applyState(change: StateChange): Promise<Payment>;
  /** Gives the payment its invoice number, once: the next of its business and mode. Answers the one it has. */
  assignInvoice(
    request: Scope & { readonly id: PaymentId; readonly invoice: InvoiceId; readonly at: Date },
  ): Promise<{ readonly id: InvoiceId; readonly number: string }>;
  /** Raises the flags that are true; one that is raised stays, so that grants can report one by one. */
  setDeliverables(change: {
    readonly id: PaymentId;
    readonly hasLicenseKey: boolean;
    readonly hasDigitalDelivery: boolean;
  }): Promise<void>;
  /** Replaces `refunds` if `refundRevision` is still the given one; false when somebody was faster: read again and decide again. */
  replaceRefunds(change: {
    readonly id: PaymentId;
    readonly revision: number;
    readonly refunds: readonly Refund[];
  }): Promise<boolean>;
  findRefund(
    key: Scope & { readonly id: RefundId },
  ): Promise<{ readonly payment: Payment; readonly refund: Refund } | undefined>;
  /** Over all businesses and modes: a processor that reports knows nothing but our reference. */
  findRefundAnywhere(id: RefundId): Promise<{ readonly payment: Payment; readonly refund: Refund } | undefined>;
  listRefunds(
    filter: Scope &
      CreatedBetween & { readonly status?: RefundStatus; readonly customer?: CustomerId; readonly page: Page },
  ): Promise<readonly { readonly payment: Payment; readonly refund: Refund }[]>;
  /** Payments with a pending refund that is older than `before`: what a sweeper signals again. */
  listPendingRefunds(filter: {
    readonly before: Date;
    readonly limit: number;
  }): Promise<readonly { readonly payment: Payment; readonly refund: Refund }[]>;
}

/** A refund as its payment's document holds it. */
export interface ReservedRefund {
  readonly payment: Payment;
  readonly refund: Refund;
}

/** Reserves refunds: the one way in which a refund comes to be, for callers of the API and for operators. */
export interface RefundReservations {
  /**
   * Adds a pending refund to its payment if the rules allow it, exact under any concurrency. Repeat-safe: reserving an id that is there answers what is there.
   * Rejects with the DomainError of the rule that forbids it, or NOT_FOUND for a payment that this scope does not have.
   */
  reserve(
    request: Scope & {
      readonly payment: PaymentId;
      readonly request: RefundRequest;
      readonly refund: Pick<Refund, 'id' | 'reason' | 'metadata'>;
    },
  ): Promise<ReservedRefund>;
}
