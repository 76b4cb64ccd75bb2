import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { counterexample } from '../../test/counterexample.js';
import type { AttemptId } from './ids.js';
import { INITIAL_STATE, MAX_ATTEMPTS, mayLetGo, paymentStatus, transition } from './purchase-state.js';
import type { Amount, ChargeOutcome, PurchaseFact, PurchaseState } from './purchase-state.js';

const attempts: fc.Arbitrary<AttemptId> = fc.constantFrom('att_1', 'att_2', 'att_3');
const amounts: fc.Arbitrary<Amount> = fc.record({
  amount: fc.constantFrom(500, 1_000, 1_500),
  currency: fc.constantFrom('EUR', 'USD'),
});
const outcomes: fc.Arbitrary<ChargeOutcome> = fc.oneof(
  amounts.map((captured) => ({ status: 'succeeded' as const, captured })),
  fc.constantFrom('requires_action' as const, 'processing' as const, 'unknown' as const).map((status) => ({ status })),
  fc.constant({ status: 'failed' as const, code: 'CARD_DECLINED' as const }),
  fc.constant({ status: 'cancelled' as const }),
);
const facts: fc.Arbitrary<PurchaseFact> = fc.oneof(
  fc.record({ type: fc.constant('attempt_started' as const), attempt: attempts, asked: amounts }),
  fc.record({ type: fc.constant('attempt_outcome' as const), attempt: attempts, outcome: outcomes }),
  fc.record({ type: fc.constant('late_success' as const), attempt: attempts, asked: amounts, captured: amounts }),
  fc.record({ type: fc.constant('ended' as const), reason: fc.constantFrom('expired' as const, 'cancelled' as const) }),
  fc.constantFrom({ type: 'hold_accepted' as const }, { type: 'hold_returned' as const }, { type: 'settled' as const }),
);
const histories = fc.array(facts, { maxLength: 30 });

interface Step {
  readonly from: PurchaseState;
  readonly fact: PurchaseFact;
  readonly to: PurchaseState;
}

/** Every step that a sequence of facts takes. */
function steps(history: readonly PurchaseFact[]): readonly Step[] {
  let state = INITIAL_STATE;
  return history.map((fact) => {
    const from = state;
    state = transition(from, fact);
    return { from, fact, to: state };
  });
}

/** A claim on every step of any sequence of facts. */
const always = (claim: (step: Step) => boolean): fc.IProperty<[PurchaseFact[]]> =>
  fc.property(histories, (history) => steps(history).every(claim));

describe('whatever happens, in any order and however often', () => {
  it('a paid purchase stays paid, with the attempt and the amount that paid it', () => {
    expect(
      counterexample(
        always(
          ({ from, to }) =>
            from.kind !== 'paid' ||
            (to.kind === 'paid' && to.attempt === from.attempt && to.captured === from.captured),
        ),
      ),
    ).toBeUndefined();
  });

  it('a settled purchase is never unsettled', () => {
    expect(
      counterexample(always(({ from, to }) => from.kind !== 'paid' || from.stage === 'fulfilling' || to === from)),
    ).toBeUndefined();
  });

  it('what the processor says of an attempt that is not the open one moves nothing', () => {
    expect(
      counterexample(
        always(
          ({ from, fact, to }) =>
            fact.type !== 'attempt_outcome' ||
            (from.kind === 'attempt_open' && from.attempt === fact.attempt) ||
            to === from,
        ),
      ),
    ).toBeUndefined();
  });

  it('an open attempt blocks the end of the session and every other attempt', () => {
    expect(
      counterexample(
        always(({ from, fact, to }) => from.kind !== 'attempt_open' || fact.type === 'attempt_outcome' || to === from),
      ),
    ).toBeUndefined();
  });

  it('an attempt opens only when none is open, so at most one is', () => {
    expect(
      counterexample(
        always(
          ({ from, to }) =>
            to.kind !== 'attempt_open' ||
            from.kind === 'awaiting_payment' ||
            (from.kind === 'attempt_open' && from.attempt === to.attempt),
        ),
      ),
    ).toBeUndefined();
  });

  it('money is recorded only when the processor told an amount, and paid only when it is enough in the right currency', () => {
    expect(
      counterexample(
        always(({ from, fact, to }) => {
          if (to.kind !== 'paid' || from.kind === 'paid') return true;
          if (fact.type === 'hold_accepted') return from.kind === 'held';
          return to.captured.currency === to.asked.currency && to.captured.amount >= to.asked.amount;
        }),
      ),
    ).toBeUndefined();
  });

  it('goods that were set aside are let go only once nothing is open and nothing was captured', () => {
    expect(
      counterexample(
        always(
          ({ from, fact, to }) =>
            !mayLetGo(to) ||
            mayLetGo(from) ||
            fact.type === 'hold_returned' ||
            (fact.type === 'attempt_outcome' && ['failed', 'cancelled'].includes(fact.outcome.status)),
        ),
      ),
    ).toBeUndefined();
  });

  it('a purchase becomes paid or held only by the outcome of its open attempt, by late money, or by accepting what is held', () => {
    expect(
      counterexample(
        always(
          ({ from, fact, to }) =>
            to.kind === from.kind ||
            !['paid', 'held'].includes(to.kind) ||
            ['attempt_outcome', 'late_success', 'hold_accepted'].includes(fact.type),
        ),
      ),
    ).toBeUndefined();
  });

  it('attempts are counted, never forgotten, and never more than allowed', () => {
    expect(
      counterexample(
        always(
          ({ from, fact, to }) =>
            to.attempts <= MAX_ATTEMPTS &&
            to.attempts - from.attempts === (fact.type === 'attempt_started' && to !== from ? 1 : 0),
        ),
      ),
    ).toBeUndefined();
  });

  it('a fact heard twice counts once', () => {
    expect(
      counterexample(
        always(({ from, fact, to }) => {
          if (fact.type === 'attempt_started' || fact.type === 'late_success') return true;
          return transition(to, fact) === to || from === to;
        }),
      ),
    ).toBeUndefined();
  });

  it('the wire never says that a payment failed or was cancelled after it said that it succeeded', () => {
    expect(
      counterexample(
        always(({ from, to }) => paymentStatus(from) !== 'succeeded' || paymentStatus(to) === 'succeeded'),
      ),
    ).toBeUndefined();
  });
});
