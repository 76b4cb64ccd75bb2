import { settle } from './charge.js';
import { settleRefund } from './give-back.js';
import type { Payment, Transition } from './payment.js';

/** Settles whatever of a payment is due at a time: the payment itself, or its pending refunds. Undefined when nothing is. */
export function settleDue(payment: Payment, { at }: { at: Date }): Transition | undefined {
  if (payment.state.kind === 'processing') return payment.state.settlesAt <= at ? settle(payment, { at }) : undefined;
  const due = payment.refunds.filter(({ state }) => state.kind === 'pending' && state.settlesAt <= at);
  if (due.length === 0) return undefined;
  return due.reduce<Transition>(
    (before, { id }) => {
      const next = settleRefund(before.payment, { id, at });
      return next === undefined ? before : { payment: next.payment, facts: [...before.facts, ...next.facts] };
    },
    { payment, facts: [] },
  );
}
