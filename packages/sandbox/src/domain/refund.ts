/** How refunds of a payment behave: set by the test card it was paid with. */
export type RefundConduct = 'at_once' | 'later' | 'fails';

/** Where a refund stands. A pending one keeps its amount reserved until it settles. */
export type RefundState =
  | { readonly kind: 'pending'; readonly settlesAt: Date; readonly settlesTo: 'succeeded' | 'failed' }
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed'; readonly code: string };

/** Money on its way back. */
export interface Refund {
  readonly id: string;
  /** The caller's own reference; not unique. */
  readonly reference: string;
  readonly amount: number;
  readonly reason?: string;
  readonly state: RefundState;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What refunds hold of a payment: everything that did not fail. */
export const reserved = (refunds: readonly Refund[]): number =>
  refunds.reduce((sum, { amount, state }) => (state.kind === 'failed' ? sum : sum + amount), 0);
