import type { Scope } from '../domain/scope.js';

/** A claim on an idempotency key: the ids it minted, the hash of the body it came with and, once known, the answer. */
export interface IdempotencyClaim extends Scope {
  readonly route: string;
  readonly key: string;
  readonly bodyHash: string;
  /** Minted before anything else, so that a resumed request makes the same things. */
  readonly ids: Readonly<Record<string, string>>;
  /** Until then another request with this key is told to wait; after that it resumes. */
  readonly leasedUntil: Date;
  readonly answer: { readonly status: number; readonly body: string } | null;
  readonly flushed: boolean;
  readonly createdAt: Date;
}

/** Identifies a claim. */
export interface ClaimKey extends Scope {
  readonly route: string;
  readonly key: string;
}

/** Claims, unique by scope, route and key; kept at least 30 days. */
export interface IdempotencyStore {
  /** Adds the claim, or takes over one whose lease is over and that has no answer; otherwise answers the existing one. */
  claim(claim: IdempotencyClaim): Promise<{ readonly claim: IdempotencyClaim; readonly mine: boolean }>;
  answer(change: ClaimKey & { readonly answer: NonNullable<IdempotencyClaim['answer']> }): Promise<void>;
  markFlushed(key: ClaimKey): Promise<void>;
  /** Gives the key up, for requests that were refused before they had an effect. */
  release(key: ClaimKey): Promise<void>;
  /** The newest answered claim without a key of its own (key starts with 'auto:') with this body on this route that was never flushed, made after `since`; taken once. */
  takeUnflushed(
    filter: Scope & { readonly route: string; readonly bodyHash: string; readonly since: Date },
  ): Promise<IdempotencyClaim | undefined>;
}
