import { ApiError, notFound } from './api-error.js';
import { giveBack, settleRefund } from './domain/give-back.js';
import type { RefundRefusal } from './domain/give-back.js';
import type { Outcome, Payment } from './domain/payment.js';
import type { Refund } from './domain/refund.js';
import type { Journal } from './journal.js';
import type { PaymentStore } from './store/payments.js';

/** Asks for money to go back. */
export interface NewRefund {
  readonly id: string;
  readonly payment: string;
  readonly reference: string;
  readonly amount: number;
  readonly reason?: string;
}

/** A refund with the payment it belongs to. */
export interface RefundOfPayment {
  readonly payment: Payment;
  readonly refund: Refund;
}

/** What can be done with refunds. */
export interface Refunds {
  /** Repeat-safe by the refund's id. Refuses what exceeds the captured amount, also when many ask at once. */
  create(request: NewRefund): Promise<RefundOfPayment>;
  find(id: string): Promise<RefundOfPayment | undefined>;
  /** Newest first. */
  list(reference: string): Promise<readonly RefundOfPayment[]>;
  settle(request: { id: string; outcome?: Outcome }): Promise<RefundOfPayment>;
}

export interface RefundsDeps {
  readonly journal: Journal;
  readonly payments: PaymentStore;
  readonly clock: () => Date;
  readonly settleAfterMs: number;
}

export function createRefunds({ journal, payments, clock, settleAfterMs }: RefundsDeps): Refunds {
  const find = async (id: string): Promise<RefundOfPayment | undefined> => {
    const payment = await payments.findByRefund(id);
    return payment && refundIn(payment, id);
  };

  return {
    find,
    async create({ payment: paymentId, ...request }) {
      let refusal: RefundRefusal | undefined;
      const payment = await journal.change(paymentId, (before) => {
        const answer = giveBack(before, { ...request, at: clock(), settleAfterMs });
        refusal = answer && 'refused' in answer ? answer : undefined;
        return answer && 'refused' in answer ? undefined : answer;
      });
      if (refusal !== undefined) throw new ApiError({ status: 400, code: refusal.refused, message: refusal.message });
      const created = payment && refundIn(payment, request.id);
      if (created === undefined) throw notFound('payment');
      return created;
    },
    async list(reference) {
      const holders = await payments.listByRefundReference(reference);
      const refunds = holders.flatMap((payment) => payment.refunds.map((refund) => ({ payment, refund })));
      return refunds
        .filter(({ refund }) => refund.reference === reference)
        .sort((one, other) => other.refund.createdAt.getTime() - one.refund.createdAt.getTime());
    },
    async settle({ id, outcome }) {
      const before = await find(id);
      const after =
        before &&
        (await journal.change(before.payment.id, (payment) =>
          settleRefund(payment, { id, at: clock(), ...(outcome && { outcome }) }),
        ));
      const settled = after && refundIn(after, id);
      if (settled === undefined) throw notFound('refund');
      return settled;
    },
  };
}

function refundIn(payment: Payment, id: string): RefundOfPayment | undefined {
  const refund = payment.refunds.find((candidate) => candidate.id === id);
  return refund && { payment, refund };
}
