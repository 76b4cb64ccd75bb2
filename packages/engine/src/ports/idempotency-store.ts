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
  /** The answer was handed over, or given to a repetition. */
  readonly flushed: boolean;
  /** The caller went before the answer was handed over. */
  readonly hungUp: boolean;
  readonly createdAt: Date;
}

/** Identifies a claim. */
export interface ClaimKey extends Scope {
  readonly route: string;
  readonly key: string;
}

/** Which requests without a key of their own (key starts with 'auto:') a repetition may belong to: same body, same route, made after `since`. */
export interface LostRequest extends Scope {
  readonly route: string;
  readonly bodyHash: string;
  readonly since: Date;
  readonly now: Date;
}

/** What became of a request whose answer nobody got: answered, or running still; by a caller who is gone, or by one who may be waiting. */
export type LostAnswer =
  | { readonly found: 'answered'; readonly claim: IdempotencyClaim }
  | { readonly found: 'running'; readonly hungUp: boolean };

/** Claims, unique by scope, route and key; kept at least 30 days. */
export interface IdempotencyStore {
  /** Adds the claim, or takes over one whose lease is over and that has no answer; otherwise answers the existing one. */
  claim(claim: IdempotencyClaim): Promise<{ readonly claim: IdempotencyClaim; readonly mine: boolean }>;
  answer(change: ClaimKey & { readonly answer: NonNullable<IdempotencyClaim['answer']> }): Promise<void>;
  markFlushed(key: ClaimKey): Promise<void>;
  /** Gives the key up, for requests that were refused before they had an effect. */
  release(key: ClaimKey): Promise<void>;
  markHungUp(key: ClaimKey): Promise<void>;
  /** An answer that was taken as lost got lost once more: it can be taken again. */
  markLostAgain(key: ClaimKey): Promise<void>;
  /** Takes the newest answer whose caller hung up, or whose process died with it: each is taken once, unless it is lost again. Else says whether such a request still runs. */
  takeLost(request: LostRequest): Promise<LostAnswer | undefined>;
}
