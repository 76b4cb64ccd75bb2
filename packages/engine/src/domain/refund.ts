import type { RefundId } from './ids.js';
import type { Metadata } from './metadata.js';

/** RefundStatus of the wire. Pending keeps its reservation, failed releases it. */
export type RefundStatus = 'pending' | 'succeeded' | 'failed';

/** What goes back of one line. */
export interface RefundedLine {
  /** The cart line's id. */
  readonly line: string;
  readonly product: string;
  /** Minor units, tax inside. */
  readonly amount: number;
  /** The part of `amount` that is tax. */
  readonly tax: number;
}

/** Money going back, reserved in its payment's document. */
export interface Refund {
  readonly id: RefundId;
  readonly status: RefundStatus;
  readonly lines: readonly RefundedLine[];
  /** Minor units; the sum of the lines. */
  readonly amount: number;
  readonly isPartial: boolean;
  readonly reason: string | null;
  readonly metadata: Metadata;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
  readonly processorRef: string | null;
  /** When it was first handed to the adapter; null says surely never sent. */
  readonly sentAt: Date | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
}
