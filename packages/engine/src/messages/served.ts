import type { Mode } from '@payonce/plugin-sdk';
import type { AttemptId, PaymentId, SessionId } from '../domain/ids.js';

/** The purchase that an activity serves. */
export interface OfPurchase {
  readonly payment: PaymentId;
  readonly session: SessionId;
  /** Asserted against the record: test and live never meet. */
  readonly mode: Mode;
}

/** One attempt of it. */
export interface OfAttempt extends OfPurchase {
  readonly attempt: AttemptId;
}
