import type { Currency, DeclineCode } from '@payonce/plugin-sdk';
import type { Refund, RefundConduct } from './refund.js';

/** All that is kept of a card. */
export interface Card {
  readonly last4: string;
  /** 'visa', 'mastercard', … or 'unknown'. */
  readonly network: string;
  readonly type: 'credit' | 'debit';
  readonly expMonth: number;
  readonly expYear: number;
  /** ISO 3166-1 alpha-2. */
  readonly issuingCountry: string;
}

/** A card that was presented, and what is captured once it says yes. */
export interface Presented {
  readonly card: Card;
  readonly capture: number;
  readonly refunds: RefundConduct;
}

/** Where a payment stands. `succeeded`, `failed` and `cancelled` are final. */
export type PaymentState =
  | { readonly kind: 'requires_action'; readonly challenge?: Presented }
  | {
      readonly kind: 'processing';
      readonly presented: Presented;
      readonly settlesAt: Date;
      readonly settlesTo: Outcome;
    }
  | { readonly kind: 'succeeded'; readonly presented: Presented }
  | { readonly kind: 'failed'; readonly declineCode: DeclineCode; readonly card: Card }
  | { readonly kind: 'cancelled' };

/** How something that is still open ends. */
export type Outcome = 'succeeded' | 'failed';

/** One payment with its refunds: a single document, so that no sum over it can be raced. */
export interface Payment {
  readonly id: string;
  /** The secret in the address of its card page. */
  readonly clientSecret: string;
  /** The caller's own reference. Not unique, as at real processors. */
  readonly reference: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly description?: string;
  readonly returnUrl: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly state: PaymentState;
  readonly refunds: readonly Refund[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What happened in a transition: money that moved goes to the ledger, reports go to the webhook endpoints. */
export type Fact =
  | { readonly kind: 'charged'; readonly amount: number; readonly at: Date }
  | { readonly kind: 'refunded'; readonly refund: string; readonly amount: number; readonly at: Date }
  | {
      readonly kind: 'report';
      readonly type: EventType;
      readonly at: Date;
      readonly refund?: string;
      readonly withheldUntil?: Date;
    };

/** What webhook endpoints are told. */
export type EventType =
  | 'payment.succeeded'
  | 'payment.failed'
  | 'payment.processing'
  | 'payment.cancelled'
  | 'refund.succeeded'
  | 'refund.failed';

/** A payment after an event, and what happened. */
export interface Transition {
  readonly payment: Payment;
  readonly facts: readonly Fact[];
}

/** What was really captured. */
export const capturedAmount = ({ state }: Payment): number =>
  state.kind === 'succeeded' ? state.presented.capture : 0;

/** When the payment or one of its refunds settles by itself; undefined when nothing is under way. */
export function nextSettlement({ state, refunds }: Payment): Date | undefined {
  const times = refunds.flatMap((refund) =>
    refund.state.kind === 'pending' ? [refund.state.settlesAt.getTime()] : [],
  );
  if (state.kind === 'processing') times.push(state.settlesAt.getTime());
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}
