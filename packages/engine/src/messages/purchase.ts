import type { Mode } from '@payonce/plugin-sdk';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AttemptId, BusinessId, GrantId, InboxId, PaymentId, RefundId, SessionId } from '../domain/ids.js';
import type { LearnedOutcome, PurchaseState } from '../domain/purchase-state.js';
import type { RefundStatus } from '../domain/refund.js';

/** The type name of the workflow. */
export const PURCHASE_WORKFLOW = 'purchase';

/** One workflow per session, for ever: the id is the guard against a second one. */
export const purchaseWorkflowId = (session: SessionId): string => `purchase/${session}`;

/** Purchases and their money run apart per mode. */
export const purchaseTaskQueue = ({ mode, prefix = 'payonce' }: { mode: Mode; prefix?: string }): string =>
  `${prefix}-purchases-${mode}`;

/** Deliveries of events have a queue of their own, so that slow endpoints delay no purchase. */
export const deliveryTaskQueue = ({ mode, prefix = 'payonce' }: { mode: Mode; prefix?: string }): string =>
  `${prefix}-deliveries-${mode}`;

/** Starts a purchase: ids and numbers only, never people. */
export interface PurchaseInput {
  readonly session: SessionId;
  readonly payment: PaymentId;
  readonly business: BusinessId;
  readonly mode: Mode;
  /** How long the session is payable, from the start of the workflow. */
  readonly ttlSeconds: number;
  readonly refundWindowDays: number;
  /** 'record' continues from what MongoDB knows: recorded attempts are looked up, never charged. */
  readonly from: 'new' | 'record';
}

/** What the workflow came to. */
export interface PurchaseResult {
  readonly state: PurchaseState['kind'];
  readonly refunds: number;
}

/** What a processor reported about an attempt or a refund; the body stays in the inbox. */
export type ProcessorReport =
  | { readonly kind: 'payment'; readonly inbox: InboxId; readonly attempt: AttemptId; readonly outcome: LearnedOutcome }
  | { readonly kind: 'refund'; readonly inbox: InboxId; readonly refund: RefundId; readonly status: RefundStatus };

/** Asks for a refund: by the id that was reserved, or, typed by an operator, by amount (minor units; all that is left when absent). */
export type RefundRequest = { readonly refundId: RefundId } | { readonly amount?: number; readonly reason?: string };

/** The first outcome of an attempt, as the page needs it. Secrets and addresses are read from the record. */
export type SubmitAnswer =
  | { readonly status: 'succeeded' | 'requires_action' | 'processing' }
  | { readonly status: 'failed'; readonly code: string }
  /** Nothing was charged and nothing will be for this attempt. */
  | { readonly status: 'refused'; readonly reason: RefusalReason };

/** Why an attempt was not even tried. */
export type RefusalReason =
  | 'amount_changed'
  | 'below_minimum'
  | 'currency_not_supported'
  | 'expired'
  | 'goods_unavailable'
  | 'previous_payment_pending'
  | 'sold_out'
  | 'tax_unavailable'
  | 'too_many_attempts'
  | 'unknown_attempt';

/** What may need a person. */
export type AttentionKind = 'unknown' | 'mismatch' | 'processor' | 'goods' | 'grant' | 'refund' | 'tax';

/** The ways out of each. */
export const RESOLUTIONS = {
  unknown: ['recheck', 'markPaid', 'markFailed'],
  mismatch: ['accept', 'refund'],
  processor: ['dismiss'],
  goods: ['retry', 'waive'],
  grant: ['retry', 'deliverByHand', 'waive'],
  refund: ['retry', 'markDone', 'release'],
  tax: ['retry', 'waive'],
} as const satisfies Record<AttentionKind, readonly string[]>;

/** An action of any kind. */
export type ResolutionAction = (typeof RESOLUTIONS)[AttentionKind][number];

/** A decision of an operator. */
export interface Resolution {
  /** The case's id as `state` shows it ('grant:entg_…'), or its kind alone when there is one of it. */
  readonly case: string;
  readonly action: ResolutionAction;
  /** What the decision rests on, such as the processor's transaction id. Required by markPaid, markDone and deliverByHand. */
  readonly evidence?: string;
  /** Who decides. */
  readonly actor: string;
}

/** Something that waits for a person. */
export interface AttentionCase {
  readonly id: string;
  readonly kind: AttentionKind;
  /** The attempt, grant or refund concerned. */
  readonly object: string;
  readonly reason: string;
  /** RFC 3339. */
  readonly since: string;
  readonly actions: readonly string[];
  /** What ends the case without a decision, such as a worker that takes the step; there when something does. */
  readonly orUntil?: string;
}

/** What the query `state` answers. */
export interface PurchaseView {
  readonly payment: PaymentId;
  readonly session: SessionId;
  readonly revision: number;
  readonly state: PurchaseState;
  readonly waitsFor: string;
  /** RFC 3339. */
  readonly until: string | null;
  readonly attention: readonly AttentionCase[];
  readonly refundsInProgress: readonly RefundId[];
  readonly lastError: string | null;
}

export const submitPaymentUpdate = defineUpdate<SubmitAnswer, [{ readonly attempt: AttemptId }]>('submitPayment');
export const retryFulfillmentUpdate = defineUpdate<
  { readonly retried: readonly string[] },
  [{ readonly grant?: GrantId; readonly actor: string }]
>('retryFulfillment');
export const resolveUpdate = defineUpdate<{ readonly resolved: string }, [Resolution]>('resolve');
export const processorReportedSignal = defineSignal<[ProcessorReport]>('processorReported');
export const buyerReturnedSignal = defineSignal<[{ readonly attempt: AttemptId }]>('buyerReturned');
export const refundSignal = defineSignal<[RefundRequest]>('refund');
export const grantCompletedSignal = defineSignal<[{ readonly grant: GrantId }]>('grantCompleted');
export const endGrantSignal = defineSignal<[{ readonly grant: GrantId }]>('endGrant');
export const cancelCheckoutSignal = defineSignal<[]>('cancelCheckout');
export const stateQuery = defineQuery<PurchaseView>('state');
