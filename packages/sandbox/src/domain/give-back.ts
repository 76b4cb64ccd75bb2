import { capturedAmount } from './payment.js';
import type { Fact, Outcome, Payment, Transition } from './payment.js';
import { reserved } from './refund.js';
import type { Refund, RefundConduct, RefundState } from './refund.js';

/** Asks for money to go back. */
export interface GiveBack {
  readonly id: string;
  readonly reference: string;
  readonly amount: number;
  readonly reason?: string;
  readonly at: Date;
  readonly settleAfterMs: number;
}

/** Why a refund is not possible. */
export interface RefundRefusal {
  readonly refused: 'payment_not_succeeded' | 'amount_exceeds_captured';
  readonly message: string;
}

/** Reserves and, for most cards, completes a refund. What refunds hold never exceeds what was captured. A refund that is there already stays as it is. */
export function giveBack(payment: Payment, request: GiveBack): Transition | RefundRefusal | undefined {
  if (payment.refunds.some(({ id }) => id === request.id)) return undefined;
  if (payment.state.kind !== 'succeeded') {
    return {
      refused: 'payment_not_succeeded',
      message: `payment ${payment.id} is ${payment.state.kind}: there is nothing to refund`,
    };
  }
  const left = capturedAmount(payment) - reserved(payment.refunds);
  if (request.amount > left) {
    return {
      refused: 'amount_exceeds_captured',
      message: `amount: ${request.amount} is more than the ${left} that can still be refunded`,
    };
  }
  const refund = newRefund(request, payment.state.presented.refunds);
  return {
    payment: { ...payment, refunds: [...payment.refunds, refund], updatedAt: request.at },
    facts: factsOf(refund, request.at),
  };
}

/** Ends one pending refund, with its own outcome or the one given. */
export function settleRefund(
  payment: Payment,
  { id, at, outcome }: { id: string; at: Date; outcome?: Outcome },
): Transition | undefined {
  const refund = payment.refunds.find((candidate) => candidate.id === id);
  if (refund?.state.kind !== 'pending') return undefined;
  const state: RefundState =
    (outcome ?? refund.state.settlesTo) === 'succeeded'
      ? { kind: 'succeeded' }
      : { kind: 'failed', code: 'REFUND_DECLINED' };
  const settled: Refund = { ...refund, state, updatedAt: at };
  return {
    payment: {
      ...payment,
      refunds: payment.refunds.map((other) => (other.id === id ? settled : other)),
      updatedAt: at,
    },
    facts: factsOf(settled, at),
  };
}

function newRefund({ at, settleAfterMs, ...request }: GiveBack, conduct: RefundConduct): Refund {
  const settlesAt = new Date(at.getTime() + settleAfterMs);
  const state: RefundState =
    conduct === 'at_once'
      ? { kind: 'succeeded' }
      : { kind: 'pending', settlesAt, settlesTo: conduct === 'later' ? 'succeeded' : 'failed' };
  return { ...request, state, createdAt: at, updatedAt: at };
}

function factsOf({ id, amount, state }: Refund, at: Date): readonly Fact[] {
  switch (state.kind) {
    case 'pending':
      return [];
    case 'failed':
      return [{ kind: 'report', type: 'refund.failed', at, refund: id }];
    case 'succeeded':
      return [
        { kind: 'refunded', refund: id, amount, at },
        { kind: 'report', type: 'refund.succeeded', at, refund: id },
      ];
  }
}
