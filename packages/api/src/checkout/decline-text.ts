import type { DeclineCode } from '@payonce/plugin-sdk';
import type { RefusalReason } from './submit.js';

const SAFE = 'You were not charged.';

const BY_CODE: Partial<Record<DeclineCode, string>> = {
  AUTHENTICATION_FAILURE: 'Your bank could not confirm that it was you.',
  AUTHENTICATION_REQUIRED: 'Your bank wants to confirm that it is you. Try again and follow its steps.',
  AUTHENTICATION_TIMEOUT: 'Confirming the payment with your bank took too long.',
  CARD_NOT_ACTIVATED: 'This card is not activated yet.',
  CARD_VELOCITY_EXCEEDED: 'This card was used too often in a short time. Wait a while, or use another one.',
  CUSTOMER_CANCELLED: 'You cancelled the payment.',
  EXPIRED_CARD: 'This card has expired. Use another one.',
  INCORRECT_CVC: 'The security code was not right. Check it and try again.',
  INVALID_CVC: 'The security code was not right. Check it and try again.',
  INCORRECT_NUMBER: 'The card number was not right. Check it and try again.',
  INVALID_CARD_NUMBER: 'The card number was not right. Check it and try again.',
  INVALID_EXPIRY_YEAR: 'The expiry date was not right. Check it and try again.',
  INVALID_CARD_OWNER: 'The name on the card was not right. Check it and try again.',
  INVALID_PIN: 'The PIN was not right. Check it and try again.',
  INVALID_UPI_ID: 'The UPI ID was not right. Check it and try again.',
  INSUFFICIENT_FUNDS: 'There is not enough money on this card. Use another one.',
  INVALID_REQUEST: 'The payment could not be started. Try again later, or ask the seller.',
  LIVE_MODE_TEST_CARD: 'This is a test card. Use a real one.',
  PAYMENT_METHOD_UNSUPPORTED: 'This way of paying is not supported here. Use another one.',
  TRANSACTION_NOT_ALLOWED: 'Your bank does not allow this payment with this card. Use another one.',
};

const TRY_AGAIN: ReadonlySet<DeclineCode> = new Set([
  'NETWORK_ERROR',
  'NETWORK_TIMEOUT',
  'ORDER_CREATION_FAILED',
  'PROCESSING_ERROR',
  'REENTER_TRANSACTION',
  'TRY_AGAIN_LATER',
  'PAYMENT_METHOD_PROVIDER_DECLINED',
  'UNKNOWN_ERROR',
]);

/** Why a payment failed, in plain words. Deliberately the same for lost, stolen and suspicious cards: a thief learns nothing. */
export function declineText(code: DeclineCode): string {
  const reason =
    BY_CODE[code] ??
    (TRY_AGAIN.has(code)
      ? 'Something went wrong while the payment was taken. Try again in a moment.'
      : 'Your bank declined the payment. Try another card, or ask your bank.');
  return `${reason} ${SAFE}`;
}

const REFUSALS: Readonly<Record<RefusalReason, string>> = {
  amount_changed: 'The total has changed. Look at it, and press Pay again if you agree.',
  below_minimum: 'This total is too small to be charged. Ask the seller.',
  currency_not_supported: 'This currency cannot be charged at the moment. Ask the seller.',
  expired: 'This checkout has expired.',
  goods_unavailable: 'We cannot see right now whether this is still to be had. Try again in a minute.',
  previous_payment_pending:
    'An earlier press of Pay, with other details, was counted first. Check your details, and press Pay again.',
  sold_out: 'This is sold out.',
  tax_unavailable: 'We cannot work out the tax right now. Try again in a minute.',
  too_many_attempts: 'There were too many tries with this checkout. Ask the seller for a new link.',
  unknown_attempt: 'Your request did not arrive completely. Press Pay again.',
};

/**
 * Why Pay was not even tried, in plain words; of goods that ran out in those of their provider. With an earlier payment under way, nothing is said about what was
 * charged.
 */
export const refusalText = (reason: RefusalReason, soldOut?: string): string => {
  const text = reason === 'sold_out' && soldOut !== undefined ? soldOut : REFUSALS[reason];
  return reason === 'previous_payment_pending' ? text : `${text} ${SAFE}`;
};
