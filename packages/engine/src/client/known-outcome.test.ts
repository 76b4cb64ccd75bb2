import { expect, it } from '@jest/globals';
import type { ChargeOutcome, PurchaseState } from '../domain/index.js';
import { isKnown } from './known-outcome.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' }) as const;
const open = { kind: 'attempt_open', attempts: 1, attempt: 'att_1', phase: 'processing', asked: eur(100) } as const;
const paid = {
  kind: 'paid',
  attempts: 1,
  attempt: 'att_1',
  asked: eur(100),
  captured: eur(100),
  stage: 'settled',
} as const;
const failed = { kind: 'awaiting_payment', attempts: 1, failed: { attempt: 'att_1', code: 'CARD_DECLINED' } } as const;
const closed = { kind: 'closed', attempts: 1, reason: 'expired' } as const;
const succeeded = (amount = 100): ChargeOutcome => ({ status: 'succeeded', captured: eur(amount) });

it.each<
  readonly [known: boolean, state: PurchaseState | undefined, outcome: ChargeOutcome, attempt: 'att_1' | 'att_2']
>([
  [false, undefined, succeeded(), 'att_1'],
  [false, open, succeeded(), 'att_1'],
  [true, paid, succeeded(), 'att_1'],
  [false, paid, succeeded(101), 'att_1'],
  [false, paid, succeeded(), 'att_2'],
  [true, { ...paid, kind: 'held' } as PurchaseState, succeeded(), 'att_1'],
  [false, closed, succeeded(), 'att_1'],
  [true, paid, { status: 'failed', code: 'CARD_DECLINED' }, 'att_2'],
  [true, failed, { status: 'failed', code: 'CARD_DECLINED' }, 'att_1'],
  [false, failed, { status: 'failed', code: 'CARD_DECLINED' }, 'att_2'],
  [false, open, { status: 'failed', code: 'CARD_DECLINED' }, 'att_1'],
  [true, closed, { status: 'cancelled' }, 'att_1'],
  [true, open, { status: 'processing' }, 'att_1'],
  [false, open, { status: 'requires_action' }, 'att_1'],
  [false, failed, { status: 'processing' }, 'att_1'],
])('%s: the state %j knows %j of %s', (known, state, outcome, attempt) => {
  expect(isKnown({ state, attempt, outcome })).toBe(known);
});
