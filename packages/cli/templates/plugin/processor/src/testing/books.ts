import type { Money } from '@payonce/plugin-sdk';

/** A payment in the books of the fake. */
export interface BookedPayment {
  readonly id: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  status: 'open' | 'paid' | 'declined' | 'cancelled';
  captured: number;
}

/** A refund in the books of the fake. */
export interface BookedRefund {
  readonly id: string;
  readonly payment: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
}

/** A new payment or refund, as it was asked for. */
export interface Ask extends Money {
  readonly reference: string;
  readonly key: string;
}

/** Acme's books: what was asked once stands in them once. */
export class Books {
  readonly payments: BookedPayment[] = [];
  readonly refunds: BookedRefund[] = [];
  readonly #byKey = new Map<string, string>();
  /** Minor units that the next charges capture too much. */
  more = 0;

  charge({ key, reference, amount, currency, method }: Ask & { readonly method: string | undefined }): BookedPayment {
    const known = this.payments.find(({ id }) => id === this.#byKey.get(key));
    if (known) return known;
    const id = `acme_${this.payments.length + 1}`;
    const payment: BookedPayment = { id, reference, amount: amount + this.more, currency, status: 'open', captured: 0 };
    this.payments.push(payment);
    this.#byKey.set(key, id);
    if (method === 'tok_ok') this.pay(payment);
    else if (method !== undefined) payment.status = 'declined';
    return payment;
  }

  pay(payment: BookedPayment): void {
    if (payment.status !== 'open') return;
    payment.status = 'paid';
    payment.captured = payment.amount;
  }

  /** Undefined when that much was not captured or is gone already. */
  refund({ key, payment, reference, amount, currency }: Ask & { readonly payment: string }): BookedRefund | undefined {
    const known = this.refunds.find(({ id }) => id === this.#byKey.get(key));
    if (known) return known;
    const paid = this.payments.find(({ id, status }) => id === payment && status === 'paid');
    const gone = this.refunds.filter((refund) => refund.payment === payment);
    const sum = gone.reduce((total, refund) => total + refund.amount, amount);
    if (paid === undefined || paid.currency !== currency || sum > paid.captured) return undefined;
    const refund = { id: `acmr_${this.refunds.length + 1}`, payment, reference, amount, currency };
    this.refunds.push(refund);
    this.#byKey.set(key, refund.id);
    return refund;
  }
}
