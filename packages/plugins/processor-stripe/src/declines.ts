import type { DeclineCode } from '@payonce/plugin-sdk';

/** Stripe's words for why a payment was declined, in ours: its decline codes, and the error codes that stand alone. https://docs.stripe.com/declines/codes */
const DECLINES: Readonly<Record<string, DeclineCode>> = {
  amount_too_large: 'INVALID_AMOUNT',
  amount_too_small: 'INVALID_AMOUNT',
  approve_with_id: 'TRANSACTION_NOT_APPROVED',
  authentication_not_handled: 'AUTHENTICATION_FAILURE',
  authentication_required: 'AUTHENTICATION_REQUIRED',
  call_issuer: 'CARD_DECLINED',
  card_decline_rate_limit_exceeded: 'CARD_VELOCITY_EXCEEDED',
  card_declined: 'CARD_DECLINED',
  card_not_supported: 'PAYMENT_METHOD_UNSUPPORTED',
  card_velocity_exceeded: 'CARD_VELOCITY_EXCEEDED',
  currency_not_supported: 'TRANSACTION_NOT_ALLOWED',
  do_not_honor: 'DO_NOT_HONOR',
  do_not_try_again: 'CARD_DECLINED',
  duplicate_transaction: 'TRANSACTION_NOT_ALLOWED',
  expired_card: 'EXPIRED_CARD',
  fraudulent: 'FRAUDULENT',
  generic_decline: 'GENERIC_DECLINE',
  highest_risk_level: 'FRAUDULENT',
  incorrect_address: 'CARD_DECLINED',
  incorrect_cvc: 'INCORRECT_CVC',
  incorrect_number: 'INCORRECT_NUMBER',
  incorrect_pin: 'INVALID_PIN',
  incorrect_zip: 'CARD_DECLINED',
  insufficient_funds: 'INSUFFICIENT_FUNDS',
  invalid_account: 'INVALID_ACCOUNT',
  invalid_amount: 'INVALID_AMOUNT',
  invalid_cvc: 'INVALID_CVC',
  invalid_expiry_month: 'INVALID_EXPIRY_YEAR',
  invalid_expiry_year: 'INVALID_EXPIRY_YEAR',
  invalid_number: 'INVALID_CARD_NUMBER',
  invalid_pin: 'INVALID_PIN',
  issuer_not_available: 'TRY_AGAIN_LATER',
  lost_card: 'LOST_CARD',
  merchant_blacklist: 'FRAUDULENT',
  mobile_device_authentication_required: 'AUTHENTICATION_REQUIRED',
  new_account_information_available: 'INVALID_ACCOUNT',
  no_action_taken: 'CARD_DECLINED',
  not_permitted: 'TRANSACTION_NOT_ALLOWED',
  offline_pin_required: 'INVALID_PIN',
  online_or_offline_pin_required: 'INVALID_PIN',
  payment_intent_authentication_failure: 'AUTHENTICATION_FAILURE',
  payment_intent_payment_attempt_expired: 'AUTHENTICATION_TIMEOUT',
  payment_intent_payment_attempt_failed: 'GENERIC_DECLINE',
  payment_method_customer_decline: 'CUSTOMER_CANCELLED',
  payment_method_not_available: 'PAYMENT_METHOD_UNSUPPORTED',
  payment_method_provider_decline: 'PAYMENT_METHOD_PROVIDER_DECLINED',
  payment_method_provider_timeout: 'NETWORK_TIMEOUT',
  pickup_card: 'PICKUP_CARD',
  pin_try_exceeded: 'INVALID_PIN',
  processing_error: 'PROCESSING_ERROR',
  reenter_transaction: 'REENTER_TRANSACTION',
  restricted_card: 'TRANSACTION_NOT_ALLOWED',
  revocation_of_all_authorizations: 'REVOCATION_OF_AUTHORIZATION',
  revocation_of_authorization: 'REVOCATION_OF_AUTHORIZATION',
  security_violation: 'TRANSACTION_NOT_ALLOWED',
  service_not_allowed: 'TRANSACTION_NOT_ALLOWED',
  stolen_card: 'STOLEN_CARD',
  stop_payment_order: 'TRANSACTION_NOT_ALLOWED',
  testmode_decline: 'LIVE_MODE_TEST_CARD',
  transaction_not_allowed: 'TRANSACTION_NOT_ALLOWED',
  try_again_later: 'TRY_AGAIN_LATER',
  withdrawal_count_limit_exceeded: 'CARD_VELOCITY_EXCEEDED',
};

/** What Stripe said: the decline code is more precise than the code. */
export interface StripeDecline {
  readonly declineCode?: string | null | undefined;
  readonly code?: string | null | undefined;
}

/** The decline in our words; one that nobody knows yet is still a decline. */
export const toDeclineCode = ({ declineCode, code }: StripeDecline): DeclineCode =>
  known(declineCode) ?? known(code) ?? 'GENERIC_DECLINE';

const known = (code: string | null | undefined): DeclineCode | undefined =>
  code != null && Object.hasOwn(DECLINES, code) ? DECLINES[code] : undefined;
