import { expect, it } from '@jest/globals';
import { DECLINE_CODES } from '@payonce/plugin-sdk';
import { toDeclineCode } from './declines.js';

/** Every decline code that Stripe documents. */
const DOCUMENTED = `
  approve_with_id authentication_not_handled authentication_required call_issuer card_not_supported card_velocity_exceeded currency_not_supported do_not_honor
  do_not_try_again duplicate_transaction expired_card fraudulent generic_decline incorrect_address incorrect_cvc incorrect_number incorrect_pin incorrect_zip
  insufficient_funds invalid_account invalid_amount invalid_cvc invalid_expiry_month invalid_expiry_year invalid_number invalid_pin issuer_not_available lost_card
  merchant_blacklist new_account_information_available no_action_taken not_permitted offline_pin_required online_or_offline_pin_required pickup_card
  pin_try_exceeded processing_error reenter_transaction restricted_card revocation_of_all_authorizations revocation_of_authorization security_violation
  service_not_allowed stolen_card stop_payment_order testmode_decline transaction_not_allowed try_again_later withdrawal_count_limit_exceeded`;

it.each(DOCUMENTED.trim().split(/\s+/))('has a word for %s', (declineCode) => {
  const ours = toDeclineCode({ declineCode, code: 'card_declined' });
  expect(DECLINE_CODES).toContain(ours);
  expect(ours === 'GENERIC_DECLINE').toBe(declineCode === 'generic_decline');
});

it('takes the decline code before the code, and a code alone when there is no other', () => {
  expect(toDeclineCode({ declineCode: 'insufficient_funds', code: 'card_declined' })).toBe('INSUFFICIENT_FUNDS');
  expect(toDeclineCode({ declineCode: null, code: 'expired_card' })).toBe('EXPIRED_CARD');
  expect(toDeclineCode({ declineCode: 'of_tomorrow', code: 'card_declined' })).toBe('CARD_DECLINED');
});

it.each([{}, { declineCode: 'of_tomorrow' }, { code: 'constructor' }, { declineCode: null, code: null }])(
  'calls what nobody knows yet a decline all the same: %j',
  (decline) => {
    expect(toDeclineCode(decline)).toBe('GENERIC_DECLINE');
  },
);
