import type { Attempt, AttemptOutcome, FrozenCharge } from '../domain/attempt.js';
import type { AttemptId, PaymentId, SessionId } from '../domain/ids.js';
import type { Scope } from '../domain/scope.js';
import type { Session } from '../domain/session.js';

/** Checkout sessions. Their content never changes. */
export interface SessionStore {
  /** Adds a session; adding the same id again changes nothing, so a resumed request may repeat it. */
  insert(session: Session): Promise<void>;
  find(id: SessionId): Promise<Session | undefined>;
  findScoped(key: Scope & { readonly id: SessionId }): Promise<Session | undefined>;
  markStarted(change: { readonly id: SessionId; readonly at: Date }): Promise<void>;
  /** Stored, unexpired, never started, older than `before`: what a sweeper starts. */
  listUnstarted(filter: {
    readonly before: Date;
    readonly now: Date;
    readonly limit: number;
  }): Promise<readonly Session[]>;
}

/** Presses of Pay. Requests are immutable; each other field has one writer and is written under a condition. */
export interface AttemptStore {
  /** Adds an attempt; adding the same id again changes nothing. */
  insert(attempt: Attempt): Promise<void>;
  find(id: AttemptId): Promise<Attempt | undefined>;
  list(filter: { readonly payment: PaymentId }): Promise<readonly Attempt[]>;
  markAccepted(change: { readonly id: AttemptId; readonly at: Date }): Promise<void>;
  /** Freezes once; a second freeze changes nothing. Answers what is frozen. */
  freeze(change: FrozenCharge & { readonly id: AttemptId }): Promise<FrozenCharge>;
  /** Records that a charge is about to be sent; the first time stays. */
  markSent(change: { readonly id: AttemptId; readonly at: Date }): Promise<void>;
  /** Records what was learned. succeeded is never replaced, failed and cancelled by succeeded only, an open outcome by anything not learned earlier. Answers the outcome now on record. */
  recordOutcome(change: { readonly id: AttemptId; readonly outcome: AttemptOutcome }): Promise<AttemptOutcome>;
  /** Keeps what the buyer reads when goods ran out; the last time stays. */
  markSoldOut(change: { readonly id: AttemptId; readonly reason: string }): Promise<void>;
  /** Keeps what the buyer came back with from the processor; the last time stays. */
  markReturned(change: { readonly id: AttemptId; readonly query: Readonly<Record<string, string>> }): Promise<void>;
  void(change: { readonly id: AttemptId; readonly at: Date }): Promise<void>;
  /** Neither accepted nor voided and older than `before`: what a sweeper submits again or voids. */
  listUnaccepted(filter: { readonly before: Date; readonly limit: number }): Promise<readonly Attempt[]>;
  /**
   * Accepted from `since` on and before `before`, ready to be charged (frozen, so nothing refused it), and neither sent nor ended. A workflow that died with its worker may have forgotten them: its first steps are on
   * record before it is on record that it took them.
   */
  listUnsent(filter: {
    readonly since: Date;
    readonly before: Date;
    readonly limit: number;
  }): Promise<readonly Attempt[]>;
}
