/** What becomes of a charge with a test method of Stripe's. */
export type MethodEnd =
  | { readonly end: 'succeeds' | 'authenticates' | 'processes' }
  | { readonly end: 'declines'; readonly code: string; readonly declineCode?: string };

const DECLINED = 'card_declined';

const ENDS: Readonly<Record<string, MethodEnd>> = {
  pm_card_visa: { end: 'succeeds' },
  pm_card_pendingRefund: { end: 'succeeds' },
  pm_card_threeDSecure2Required: { end: 'authenticates' },
  pm_usBankAccount_success: { end: 'processes' },
  pm_card_chargeDeclined: { end: 'declines', code: DECLINED, declineCode: 'generic_decline' },
  pm_card_visa_chargeDeclinedInsufficientFunds: { end: 'declines', code: DECLINED, declineCode: 'insufficient_funds' },
  pm_card_chargeDeclinedLostCard: { end: 'declines', code: DECLINED, declineCode: 'lost_card' },
  pm_card_chargeDeclinedExpiredCard: { end: 'declines', code: 'expired_card' },
};

/** Undefined for methods that nobody gave out. */
export const endOf = (method: string): MethodEnd | undefined =>
  Object.hasOwn(ENDS, method) ? ENDS[method] : undefined;

/** As the charge shows it. */
export const CARD = { brand: 'visa', last4: '4242', funding: 'credit', country: 'US' } as const;
