import type { DeclineCode } from './decline-codes.js';
import type { Money } from './money.js';

/** The card as far as anybody but the processor may know it. */
export interface CardSummary {
  /** Four digits. */
  readonly last4: string;
  /** 'VISA', 'MASTERCARD'. */
  readonly network?: string;
  /** How the card takes the money. */
  readonly type?: 'CREDIT' | 'DEBIT';
  /** ISO 3166-1 alpha-2. */
  readonly issuingCountry?: string;
  /** As printed on the card. */
  readonly holderName?: string;
}

/** What the buyer has to do next. */
export type BuyerAction =
  | { readonly type: 'redirect'; readonly url: string }
  | { readonly type: 'client'; readonly clientSecret: string; readonly publishableKey: string };

/** One thing the buyer needs in order to pay without a page: 'IBAN', 'Reference to quote'. */
export interface PaymentInstruction {
  /** What it is, at most 100 characters. */
  readonly label: string;
  /** What to type at the bank, at most 500 characters. */
  readonly value: string;
}

/** Money of one attempt, as the processor tells it. */
export interface Captured {
  /** The money moved. */
  readonly status: 'succeeded';
  /** The processor's own id of the payment, 1 to 255 characters: refunds name it. */
  readonly processorRef: string;
  /** What was really captured: the engine compares it with what it asked for. */
  readonly captured: Money;
  /** Left out for methods without a card. */
  readonly card?: CardSummary;
  /** The wire's payment_method, 'card' when left out. */
  readonly method?: string;
}

/** Where a payment stands at the processor. */
export type PaymentResult =
  | Captured
  | { readonly status: 'authorized'; readonly processorRef: string; readonly authorized: Money }
  | { readonly status: 'requires_action'; readonly processorRef: string; readonly action: BuyerAction }
  | {
      readonly status: 'processing';
      readonly processorRef: string;
      /** How the buyer pays, where that happens elsewhere, as by bank transfer: shown until the payment is decided. Answer it every time. */
      readonly instructions?: readonly PaymentInstruction[];
    }
  | {
      readonly status: 'failed';
      readonly processorRef?: string;
      readonly declineCode: DeclineCode;
      readonly message: string;
      readonly card?: CardSummary;
    }
  | { readonly status: 'cancelled'; readonly processorRef: string };

/** A look-up may also find nothing. */
export type PaymentLookup = PaymentResult | { readonly status: 'not_found' };

/** Where a refund stands. */
export type RefundResult =
  | { readonly status: 'succeeded'; readonly processorRef: string; readonly refunded: Money }
  | { readonly status: 'pending'; readonly processorRef: string }
  | { readonly status: 'failed'; readonly processorRef?: string; readonly code: string; readonly message: string };

/** A look-up may also find nothing. */
export type RefundLookup = RefundResult | { readonly status: 'not_found' };

/** The answer to a cancel: what the payment is now. */
export type CancelResult =
  | { readonly status: 'cancelled' }
  | Captured
  | { readonly status: 'processing' }
  | { readonly status: 'unknown' };

/** One thing the processor reports. */
export type ProcessorEvent =
  | { readonly id: string; readonly kind: 'payment'; readonly reference: string; readonly result: PaymentResult }
  | { readonly id: string; readonly kind: 'refund'; readonly reference: string; readonly result: RefundResult }
  | { readonly id: string; readonly kind: 'ignored'; readonly type: string };

/** Verified events (possibly several, possibly none), or a refusal: then nothing is stored. */
export type WebhookResult =
  | { readonly verified: true; readonly account: string; readonly events: readonly ProcessorEvent[] }
  | { readonly verified: false; readonly reason: string };
