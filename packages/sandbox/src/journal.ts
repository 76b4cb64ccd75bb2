import type { Fact, Payment, Transition } from './domain/payment.js';
import { nextSettlement } from './domain/payment.js';
import { eventId } from './ids.js';
import type { Relay } from './relay.js';
import type { OutboxItem, Written } from './store/payment-document.js';
import type { PaymentStore } from './store/payments.js';
import type { Timers } from './timers.js';
import { toWebhookBody } from './wire.js';

/** The only way a payment changes: the change and what it owes are one write, then the relay pays the debts and the alarm is set. */
export interface Journal {
  /** Writes a new payment. The same id again changes nothing: answers the payment that is there. */
  open(transition: Transition): Promise<Payment>;
  /** Decides on the payment as it is now; undefined leaves it alone. Answers the payment afterwards, or undefined when there is none. */
  change(id: string, decide: (payment: Payment) => Transition | undefined): Promise<Payment | undefined>;
}

export interface JournalDeps {
  readonly payments: PaymentStore;
  readonly relay: Relay;
  readonly timers: Timers;
  readonly origin: () => string;
}

export function createJournal({ payments, relay, timers, origin }: JournalDeps): Journal {
  const written = ({ payment, facts }: Transition): Written => ({
    payment,
    outbox: facts.map((fact) => toOutboxItem({ fact, payment, origin: origin() })),
  });
  const afterwards = (payment: Payment): void => {
    relay.kick(payment.id);
    const at = nextSettlement(payment);
    if (at !== undefined) timers.set({ key: payment.id, at });
  };

  return {
    async open(transition) {
      const inserted = await payments.insert(written(transition));
      const payment = inserted ? transition.payment : await payments.find(transition.payment.id);
      if (payment === undefined) throw new Error(`payment ${transition.payment.id} vanished`);
      afterwards(payment);
      return payment;
    },
    async change(id, decide) {
      const payment = await payments.change(id, (before) => {
        const transition = decide(before);
        return transition && written(transition);
      });
      if (payment !== undefined) afterwards(payment);
      return payment;
    },
  };
}

function toOutboxItem({ fact, payment, origin }: { fact: Fact; payment: Payment; origin: string }): OutboxItem {
  if (fact.kind === 'report') {
    const id = eventId();
    const refund = payment.refunds.find((candidate) => candidate.id === fact.refund);
    return {
      kind: 'event',
      id,
      references: [payment.reference, ...(refund ? [refund.reference] : [])],
      body: toWebhookBody({
        id,
        type: fact.type,
        at: fact.at,
        payment,
        origin,
        ...(fact.refund !== undefined && { refund: fact.refund }),
      }),
      dueAt: fact.withheldUntil ?? fact.at,
    };
  }
  const { id, reference, currency } = payment;
  const common = { payment: id, reference, amount: fact.amount, currency, at: fact.at };
  return fact.kind === 'charged'
    ? { kind: 'ledger', id: `charge:${id}`, entry: { kind: 'charge', ...common } }
    : { kind: 'ledger', id: `refund:${fact.refund}`, entry: { kind: 'refund', refund: fact.refund, ...common } };
}
