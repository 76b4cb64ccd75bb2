import type { Money } from '../../money.js';
import type { Movement, ProcessorFaults } from '../processor/subject.js';

/** A payment at the processor in memory. */
export interface BookedPayment {
  readonly id: string;
  readonly reference: string;
  amount: Money;
  status: 'open' | 'authorized' | 'succeeded' | 'failed' | 'cancelled';
}

/** A processor in memory that keeps books and breaks on request. */
export interface Books {
  readonly payments: BookedPayment[];
  readonly refunds: {
    readonly id: string;
    readonly reference: string;
    readonly payment: string;
    readonly amount: Money;
  }[];
  /** What was answered under an idempotency key. */
  readonly byKey: Map<string, string>;
  readonly faults: ProcessorFaults;
  movements(reference: string): readonly Movement[];
  /** The request is there: what goes wrong with its answer, taken once. */
  answering(signal: AbortSignal): Promise<void>;
  /** How much more the next capture takes. */
  more(): number;
}

/** Empty ones. */
export function openBooks(): Books {
  const fault: { next: 'lose' | 'hold' | undefined; more: number } = { next: undefined, more: 0 };
  const payments: BookedPayment[] = [];
  const refunds: Books['refunds'] = [];
  return {
    payments,
    refunds,
    byKey: new Map(),
    faults: {
      loseNextAnswer: () => void (fault.next = 'lose'),
      holdNextAnswer: () => void (fault.next = 'hold'),
      captureMore: (by) => void (fault.more = by),
      clear() {
        fault.next = undefined;
        fault.more = 0;
      },
    },
    movements: (reference) => [
      ...payments
        .filter((payment) => payment.reference === reference && payment.status === 'succeeded')
        .map(({ amount }) => ({ kind: 'charge' as const, amount })),
      ...refunds
        .filter((refund) => refund.reference === reference)
        .map(({ amount }) => ({ kind: 'refund' as const, amount })),
    ],
    async answering(signal) {
      const now = fault.next;
      fault.next = undefined;
      if (now === 'lose') throw new Error('socket hang up');
      if (now === 'hold') await untilAborted(signal);
    },
    more() {
      const { more } = fault;
      fault.more = 0;
      return more;
    },
  };
}

/** Waits for an answer that does not come. */
export const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
