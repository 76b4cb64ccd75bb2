import type { AttemptId, PaymentId, RefundId, SessionId } from '../domain/ids.js';
import type { Scope } from '../domain/scope.js';
import type { Session } from '../domain/session.js';
import type { GrantId } from '../domain/ids.js';
import type { ProcessorReport, PurchaseView, Resolution, SubmitAnswer } from '../messages/index.js';

/** Names a purchase. */
export interface PurchaseRef extends Scope {
  readonly session: SessionId;
  readonly payment: PaymentId;
}

/**
 * The only door to Temporal. Calls that only record (report, refund, grantCompleted, endGrant, cancel, buyerReturned) are durable once they answer, with or without a worker; when Temporal
 * cannot be reached they reject with a DomainError SERVICE_UNAVAILABLE, and a sweeper repeats them from the record.
 */
export interface PurchaseClient {
  /** Starts the purchase of a stored session. Starting it again changes nothing. */
  start(session: Session): Promise<void>;
  /** Submits a stored attempt and waits up to 10 s for its first outcome; after that, and whenever the outcome is not known, answers 'processing'. Submitting again is submitting once. */
  submit(request: PurchaseRef & { readonly attempt: AttemptId }): Promise<SubmitAnswer>;
  /** The buyer is back from the processor: look the attempt up now. */
  buyerReturned(request: PurchaseRef & { readonly attempt: AttemptId }): Promise<void>;
  /** Tells a purchase what its processor reported; a closed one is re-opened from the record. */
  report(request: PurchaseRef & { readonly report: ProcessorReport }): Promise<void>;
  /** Tells a purchase about a reserved refund; a closed one is re-opened from the record. */
  refund(request: PurchaseRef & { readonly refund: RefundId }): Promise<void>;
  /** Tells a purchase that something about a grant was recorded: it reads the record and goes on. A closed one has nothing to do. */
  grantCompleted(request: PurchaseRef & { readonly grant: GrantId }): Promise<void>;
  /** Tells a purchase to end a grant at its provider and to announce it; a closed one is re-opened from the record. */
  endGrant(request: PurchaseRef & { readonly grant: GrantId }): Promise<void>;
  /** Ends an unpaid session. */
  cancel(request: PurchaseRef): Promise<void>;
  /** The live state, from the workflow itself. */
  state(request: { readonly session: SessionId }): Promise<PurchaseView>;
  retryFulfillment(request: {
    readonly session: SessionId;
    readonly grant?: GrantId;
    readonly actor: string;
  }): Promise<readonly string[]>;
  resolve(request: { readonly session: SessionId; readonly resolution: Resolution }): Promise<void>;
}
