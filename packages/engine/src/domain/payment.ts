import type { Currency } from '@payonce/plugin-sdk';
import type { Attempt } from './attempt.js';
import type { CustomerDetails } from './customer.js';
import type { AttemptId, BrandId, InvoiceId, PaymentId, ProductId, SessionId } from './ids.js';
import type { Metadata } from './metadata.js';
import type { PaymentStatus } from './payment-status.js';
import type { PurchaseState } from './purchase-state.js';
import type { Refund } from './refund.js';
import type { Scope } from './scope.js';

/** The attempt that a payment shows: the newest, or the one that paid. Copied with the state so that reads need one document. */
export interface ShownAttempt {
  readonly id: AttemptId;
  readonly request: Pick<Attempt['request'], 'billing' | 'taxId' | 'customerBusinessName'>;
  readonly frozen: Attempt['frozen'];
  readonly outcome: Attempt['outcome'];
}

/** What the record keeps of a workflow's state. `revision` only grows: a late writer never moves it back. */
export interface RecordedState {
  readonly revision: number;
  readonly value: PurchaseState;
  /** By the workflow's clock. */
  readonly at: Date;
}

/** A purchase as the API reads it, complete enough to continue from. `state` is the workflow's; `refunds` move by `refundRevision`. */
export interface Payment extends Scope {
  readonly id: PaymentId;
  readonly session: SessionId;
  readonly brand: BrandId;
  readonly currency: Currency;
  readonly products: readonly { readonly product: ProductId; readonly quantity: number }[];
  readonly metadata: Metadata;
  readonly processor: string;
  readonly paymentProvider: 'stripe' | 'adyen' | 'dodo';
  readonly state: RecordedState;
  /** Derived from the state; stored to be found by. */
  readonly status: PaymentStatus;
  /** null until the first attempt: until then no caller sees the payment. */
  readonly customer: CustomerDetails | null;
  readonly attempt: ShownAttempt | null;
  readonly paidAt: Date | null;
  readonly invoice: { readonly id: InvoiceId; readonly number: string } | null;
  readonly refunds: readonly Refund[];
  /** Grows with every change of `refunds`: the guard of their conditional updates. */
  readonly refundRevision: number;
  readonly hasLicenseKey: boolean;
  readonly hasDigitalDelivery: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
