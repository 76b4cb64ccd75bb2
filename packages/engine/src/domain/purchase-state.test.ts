import { describe, expect, it } from '@jest/globals';
import type { AttemptId } from './ids.js';
import { INITIAL_STATE, MAX_ATTEMPTS, paymentStatus, transition } from './purchase-state.js';
import type { Amount, ChargeOutcome, PurchaseFact, PurchaseState } from './purchase-state.js';

const eur = (amount: number): Amount => ({ amount, currency: 'EUR' });

describe('one purchase', () => {
  const after = (...history: readonly PurchaseFact[]): PurchaseState => history.reduce(transition, INITIAL_STATE);
  const pay = (attempt: AttemptId): PurchaseFact => ({ type: 'attempt_started', attempt, asked: eur(1_000) });
  const says = (attempt: AttemptId, outcome: ChargeOutcome): PurchaseFact => ({
    type: 'attempt_outcome',
    attempt,
    outcome,
  });
  const captures = (amount: Amount): ChargeOutcome => ({ status: 'succeeded', captured: amount });
  const declined: ChargeOutcome = { status: 'failed', code: 'CARD_DECLINED' };

  it.each<[string, readonly PurchaseFact[], PurchaseState['kind'], ReturnType<typeof paymentStatus>]>([
    ['before anything', [], 'awaiting_payment', null],
    ['while it is charged', [pay('att_1')], 'attempt_open', 'processing'],
    [
      'while the buyer has to act',
      [pay('att_1'), says('att_1', { status: 'requires_action' })],
      'attempt_open',
      'requires_customer_action',
    ],
    ['while nobody knows', [pay('att_1'), says('att_1', { status: 'unknown' })], 'attempt_open', 'processing'],
    ['after a decline', [pay('att_1'), says('att_1', declined)], 'awaiting_payment', 'failed'],
    [
      'after the next attempt paid',
      [pay('att_1'), says('att_1', declined), pay('att_2'), says('att_2', captures(eur(1_000)))],
      'paid',
      'succeeded',
    ],
    ['after more was captured than asked', [pay('att_1'), says('att_1', captures(eur(1_200)))], 'paid', 'succeeded'],
    ['after less was captured', [pay('att_1'), says('att_1', captures(eur(999)))], 'held', 'requires_merchant_action'],
    [
      'after another currency was captured',
      [pay('att_1'), says('att_1', captures({ amount: 1_000, currency: 'USD' }))],
      'held',
      'requires_merchant_action',
    ],
    [
      'after the merchant took what was held',
      [pay('att_1'), says('att_1', captures(eur(999))), { type: 'hold_accepted' }],
      'paid',
      'succeeded',
    ],
    [
      'after the merchant gave back what was held',
      [pay('att_1'), says('att_1', captures(eur(999))), { type: 'hold_returned' }],
      'closed',
      'cancelled',
    ],
    ['expired without an attempt', [{ type: 'ended', reason: 'expired' }], 'closed', null],
    [
      'expired after a decline',
      [pay('att_1'), says('att_1', declined), { type: 'ended', reason: 'expired' }],
      'closed',
      'cancelled',
    ],
    [
      'expired, then the money came after all',
      [
        pay('att_1'),
        says('att_1', declined),
        { type: 'ended', reason: 'expired' },
        { type: 'late_success', attempt: 'att_1', asked: eur(1_000), captured: eur(1_000) },
      ],
      'paid',
      'succeeded',
    ],
  ])('%s', (_when, history, kind, status) => {
    expect(after(...history).kind).toBe(kind);
    expect(paymentStatus(after(...history))).toBe(status);
  });

  it('remembers why the last attempt failed, and says of a cancelled one that the buyer left', () => {
    expect(after(pay('att_1'), says('att_1', declined))).toMatchObject({
      failed: { attempt: 'att_1', code: 'CARD_DECLINED' },
    });
    expect(after(pay('att_1'), says('att_1', { status: 'cancelled' }))).toMatchObject({
      failed: { attempt: 'att_1', code: 'CUSTOMER_CANCELLED' },
    });
  });

  it('takes no attempt after the tenth', () => {
    const tries = Array.from({ length: MAX_ATTEMPTS }, (_none, index) => `att_${index}` as const);
    const tired = after(...tries.flatMap((attempt) => [pay(attempt), says(attempt, declined)]));
    expect(tired.attempts).toBe(MAX_ATTEMPTS);
    expect(transition(tired, pay('att_more'))).toBe(tired);
  });

  it('is settled once, after it was paid', () => {
    const paid = after(pay('att_1'), says('att_1', captures(eur(1_000))));
    expect(paid).toMatchObject({ stage: 'fulfilling' });
    expect(transition(paid, { type: 'settled' })).toMatchObject({ kind: 'paid', stage: 'settled' });
    expect(transition(INITIAL_STATE, { type: 'settled' })).toBe(INITIAL_STATE);
  });
});
