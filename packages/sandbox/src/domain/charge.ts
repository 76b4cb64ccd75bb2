import type { CardBehavior } from './test-cards.js';
import type { Fact, Outcome, Payment, PaymentState, Presented, Transition } from './payment.js';

/** A card is presented to a payment that waits for one. */
export interface Charge {
  readonly presented: Presented;
  readonly behavior: CardBehavior['charge'];
  readonly at: Date;
  readonly settleAfterMs: number;
  readonly answerLostMs: number;
}

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/** Charges once: a payment that no longer waits for a card, or waits for its challenge, stays as it is (undefined). */
export function charge(
  payment: Payment,
  { presented, behavior, at, settleAfterMs, answerLostMs }: Charge,
): Transition | undefined {
  if (payment.state.kind !== 'requires_action' || payment.state.challenge !== undefined) return undefined;
  switch (behavior.kind) {
    case 'succeed':
      return succeed({
        payment,
        presented,
        at,
        ...(behavior.answerLost && { withheldUntil: after(at, answerLostMs) }),
      });
    case 'decline':
      return move({
        payment,
        at,
        state: { kind: 'failed', declineCode: behavior.code, card: presented.card },
        report: 'payment.failed',
      });
    case 'challenge':
      return {
        payment: { ...payment, state: { kind: 'requires_action', challenge: presented }, updatedAt: at },
        facts: [],
      };
    case 'process': {
      const settlesAt = after(at, settleAfterMs);
      const state: PaymentState = { kind: 'processing', presented, settlesAt, settlesTo: behavior.settlesTo };
      return move({ payment, at, state, report: 'payment.processing' });
    }
  }
}

/** The buyer's answer to the 3-D Secure challenge; ignored when none is open. */
export function answerChallenge(
  payment: Payment,
  { passed, at }: { passed: boolean; at: Date },
): Transition | undefined {
  if (payment.state.kind !== 'requires_action' || payment.state.challenge === undefined) return undefined;
  const presented = payment.state.challenge;
  if (passed) return succeed({ payment, presented, at });
  const state: PaymentState = { kind: 'failed', declineCode: 'AUTHENTICATION_FAILURE', card: presented.card };
  return move({ payment, at, state, report: 'payment.failed' });
}

/** Gives up a payment that waits for the buyer. Anything else stays as it is: the caller reads what happened instead. */
export function cancel(payment: Payment, { at }: { at: Date }): Transition | undefined {
  if (payment.state.kind !== 'requires_action') return undefined;
  return move({ payment, at, state: { kind: 'cancelled' }, report: 'payment.cancelled' });
}

/** Ends a processing payment, with its own outcome or the one given. */
export function settle(payment: Payment, { at, outcome }: { at: Date; outcome?: Outcome }): Transition | undefined {
  if (payment.state.kind !== 'processing') return undefined;
  const { presented, settlesTo } = payment.state;
  if ((outcome ?? settlesTo) === 'succeeded') return succeed({ payment, presented, at });
  return move({
    payment,
    at,
    state: { kind: 'failed', declineCode: 'PROCESSING_ERROR', card: presented.card },
    report: 'payment.failed',
  });
}

interface Success {
  readonly payment: Payment;
  readonly presented: Presented;
  readonly at: Date;
  readonly withheldUntil?: Date;
}

function succeed({ payment, presented, at, withheldUntil }: Success): Transition {
  const report: Fact = { kind: 'report', type: 'payment.succeeded', at, ...(withheldUntil && { withheldUntil }) };
  return {
    payment: { ...payment, state: { kind: 'succeeded', presented }, updatedAt: at },
    facts: [{ kind: 'charged', amount: presented.capture, at }, report],
  };
}

interface Move {
  readonly payment: Payment;
  readonly at: Date;
  readonly state: PaymentState;
  readonly report: 'payment.failed' | 'payment.processing' | 'payment.cancelled';
}

const move = ({ payment, at, state, report }: Move): Transition => ({
  payment: { ...payment, state, updatedAt: at },
  facts: [{ kind: 'report', type: report, at }],
});
