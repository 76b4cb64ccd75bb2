import type { GrantStatus } from '../domain/grant.js';
import type { GrantId } from '../domain/ids.js';
import type { OfPurchase } from './served.js';

/** One grant to hand over. */
export interface GrantPlan {
  readonly grant: GrantId;
  readonly reach: 'own_stores' | 'outside' | 'remote';
  /** Where the provider's own worker listens; there when the reach is 'remote'. */
  readonly taskQueue?: string;
}

/** How a grant ended up. */
export interface GrantOutcome {
  readonly status: GrantStatus;
  /** Of the failure; null otherwise. */
  readonly code: string | null;
}

export interface FulfillmentActivities {
  /** Hands over one grant by its provider and writes it with its events. Repeat-safe: the first stored delivery counts and later ones are dropped. */
  fulfillGrant(input: OfPurchase & { readonly grant: GrantId; readonly at: number }): Promise<GrantOutcome>;
  /** Records that an operator delivered, or waived, a grant by hand. Repeat-safe: a delivered or revoked grant stays. */
  closeGrant(
    input: OfPurchase & {
      readonly grant: GrantId;
      readonly at: number;
      readonly how: 'deliverByHand' | 'waive';
      readonly evidence: string;
    },
  ): Promise<GrantOutcome>;
  /** Ends a grant: disables what was delivered, by its provider, and writes it with its event. Repeat-safe: revoking twice is one revocation. */
  revokeGrant(
    input: OfPurchase & { readonly grant: GrantId; readonly at: number; readonly reason: 'refund' | 'operator' },
  ): Promise<GrantOutcome>;
}

/** What a worker that is not ours said about a grant, or why it said nothing. */
export interface WorkersWord {
  readonly status: 'delivered' | 'pending' | 'failed';
  /** Of the failure; null otherwise. */
  readonly code: string | null;
}

export interface RemoteGrantActivities {
  /** Makes a grant ready for its provider's worker: pending again after a failure. Only one that is pending then is asked for. Repeat-safe: it moves failed grants alone. */
  openGrant(input: OfPurchase & { readonly grant: GrantId; readonly at: number }): Promise<GrantOutcome>;
  /**
   * Reads what was recorded about a grant outside of its purchase, and announces it. The record is believed, not what was said: a delivery that is not stored was not made.
   * Without a word it only looks. Repeat-safe: what is recorded stays, and is announced once.
   */
  acceptGrant(
    input: OfPurchase & { readonly grant: GrantId; readonly at: number; readonly said: WorkersWord | null },
  ): Promise<GrantOutcome>;
  /** Reads whether the provider of a revoked grant recorded that it took the delivery back. Writes nothing. */
  acceptRevocation(input: OfPurchase & { readonly grant: GrantId }): Promise<{ readonly takenBack: boolean }>;
}

/** What a remote provider's own worker offers on its own task queue. Anybody may have written it: what it answers is parsed. Called again after a crash. */
export interface RemoteWorkerActivities {
  fulfillGrant(input: { readonly grant: GrantId }): Promise<unknown>;
  revokeGrant(input: { readonly grant: GrantId }): Promise<unknown>;
}
