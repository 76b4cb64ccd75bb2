import type { Currency } from '@payonce/plugin-sdk';
import { ApiError, notFound } from './api-error.js';
import { answerChallenge, cancel, charge, settle } from './domain/charge.js';
import type { Charge } from './domain/charge.js';
import type { Outcome, Payment } from './domain/payment.js';
import { settleDue } from './domain/settle-due.js';
import { cardByToken } from './domain/test-cards.js';
import type { ChargeableCard } from './domain/test-cards.js';
import type { Faults } from './faults/faults.js';
import { clientSecret } from './ids.js';
import type { Journal } from './journal.js';

/** What a new payment is made of. */
export interface NewPayment {
  readonly id: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly returnUrl: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly description?: string;
  /** A token: charge it at once. */
  readonly paymentMethod?: string;
}

/** A payment after a card was charged. */
export interface Charged {
  readonly payment: Payment;
  /** The card demands that the answer never arrives. */
  readonly answerLost: boolean;
}

/** What can be done with payments. All of it may be repeated: a payment moves once. */
export interface Payments {
  create(request: NewPayment): Promise<Charged>;
  charge(request: { payment: Payment; card: ChargeableCard }): Promise<Charged>;
  answerChallenge(request: { id: string; passed: boolean }): Promise<Payment>;
  cancel(id: string): Promise<Payment>;
  settle(request: { id: string; outcome?: Outcome }): Promise<Payment>;
  settleDue(id: string): Promise<void>;
}

export interface PaymentsDeps {
  readonly journal: Journal;
  readonly faults: Faults;
  readonly clock: () => Date;
  readonly settleAfterMs: number;
  readonly answerLostMs: number;
}

export function createPayments({ journal, faults, clock, settleAfterMs, answerLostMs }: PaymentsDeps): Payments {
  const change = async (id: string, decide: Parameters<Journal['change']>[1]): Promise<Payment> => {
    const payment = await journal.change(id, decide);
    if (payment === undefined) throw notFound('payment');
    return payment;
  };

  const chargeOf = async ({ card, behavior }: ChargeableCard, { amount, reference }: Payment): Promise<Charge> => {
    const delta = await faults.captureDelta(reference);
    const presented = { card, capture: Math.max(amount + delta, 0), refunds: behavior.refunds };
    return { presented, behavior: behavior.charge, at: clock(), settleAfterMs, answerLostMs };
  };
  const losesAnswer = ({ behavior }: ChargeableCard): boolean =>
    behavior.charge.kind === 'succeed' && behavior.charge.answerLost === true;

  return {
    async create({ paymentMethod, ...request }) {
      const at = clock();
      const payment = newPayment(request, at);
      if (paymentMethod === undefined)
        return { payment: await journal.open({ payment, facts: [] }), answerLost: false };
      const card = cardByToken(paymentMethod, at);
      if (card === undefined) throw unknownToken(paymentMethod);
      const transition = charge(payment, await chargeOf(card, payment));
      return { payment: await journal.open(transition ?? { payment, facts: [] }), answerLost: losesAnswer(card) };
    },
    async charge({ payment, card }) {
      const request = await chargeOf(card, payment);
      return { payment: await change(payment.id, (before) => charge(before, request)), answerLost: losesAnswer(card) };
    },
    answerChallenge: ({ id, passed }) => change(id, (before) => answerChallenge(before, { passed, at: clock() })),
    cancel: (id) => change(id, (before) => cancel(before, { at: clock() })),
    settle: ({ id, outcome }) => change(id, (before) => settle(before, { at: clock(), ...(outcome && { outcome }) })),
    async settleDue(id) {
      await journal.change(id, (before) => settleDue(before, { at: clock() }));
    },
  };
}

const newPayment = (request: Omit<NewPayment, 'paymentMethod'>, at: Date): Payment => ({
  ...request,
  clientSecret: clientSecret(),
  state: { kind: 'requires_action' },
  refunds: [],
  createdAt: at,
  updatedAt: at,
});

const unknownToken = (token: string): ApiError =>
  new ApiError({ status: 400, code: 'unknown_payment_method', message: `payment_method: there is no ${token}` });
