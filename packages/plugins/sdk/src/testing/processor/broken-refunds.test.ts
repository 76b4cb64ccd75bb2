import { expect, it } from '@jest/globals';
import { PermanentError } from '../../errors.js';
import { resultNamed } from '../specimens/failed-checks.js';
import { bookRefund } from '../specimens/memory-processor.js';
import { processorSubject } from '../specimens/processor-subject.js';
import type { Spoil } from '../specimens/processor-subject.js';
import { find, toRefund, toResult } from '../specimens/results.js';
import { checksForProcessorAdapter } from './index.js';

/** What is wrong with the adapter, what is replaced, and the check that must say so. */
const BROKEN: readonly (readonly [string, Spoil, string])[] = [
  [
    'says that a paid payment is cancelled',
    () => ({ cancel: async () => ({ status: 'cancelled' }) }),
    'answers a cancel after the payment with the payment',
  ],
  [
    'cancels only once',
    (good, books) => ({
      async cancel(asked) {
        const payment = find(books, asked.reference);
        if (payment?.status === 'cancelled')
          throw new PermanentError({ code: 'cancelled', message: 'already cancelled' });
        return good.cancel(asked);
      },
    }),
    'cancels an open payment, and again for the same answer',
  ],
  [
    'says cancelled, but the buyer can still pay',
    (_, books) => ({
      async cancel({ reference }) {
        const payment = find(books, reference);
        const result = payment && toResult(payment);
        return result?.status === 'succeeded' ? result : { status: 'cancelled' };
      },
    }),
    'cancels an open payment, and again for the same answer',
  ],
  [
    'cancels in its own notes only',
    (good) => {
      const cancelled = new Set<string>();
      return {
        async cancel({ reference }) {
          const found = await good.retrievePayment({ reference } as never);
          if (found.status === 'succeeded') return found;
          cancelled.add(reference);
          return { status: 'cancelled' };
        },
        async retrievePayment(asked) {
          const found = await good.retrievePayment(asked);
          return cancelled.has(asked.reference) ? { status: 'cancelled', processorRef: 'mem_1' } : found;
        },
      };
    },
    'cancels an open payment, and again for the same answer',
  ],
  [
    'takes the second part of a refund for the first',
    (good) => ({ refund: (asked) => good.refund({ ...asked, idempotencyKey: asked.payment.reference }) }),
    'makes each of several partial refunds of a payment',
  ],
  [
    'crashes when it finds nothing',
    (_, books) => ({ retrievePayment: async ({ reference }) => toResult(find(books, reference) as never) }),
    'finds nothing under references that nobody used',
  ],
  [
    'refunds more than was captured',
    (_, books) => ({
      refund: async ({ reference, payment, amount }) => toRefund(bookRefund(books, { ...payment, reference, amount })),
    }),
    'never refunds more than was captured, at once or in parts',
  ],
  [
    'refunds again for the same key',
    (good) => ({ refund: (asked) => good.refund({ ...asked, idempotencyKey: Math.random().toString() }) }),
    'refunds once when the same key comes again',
  ],
  [
    'takes a lost refund for a refused one',
    (good) => ({
      refund: (asked) =>
        good.refund(asked).catch(() => ({ status: 'failed', code: 'no_answer', message: 'no answer' })),
    }),
    'leaves a refund open when the answer is lost, finds it by our reference, and repeats it without effect',
  ],
  [
    'refunds what nobody paid',
    (good, books) => ({
      async refund(asked) {
        const result = await good.refund(asked);
        return result.status === 'failed' ? toRefund(bookRefund(books, { ...asked, processorRef: 'x' })) : result;
      },
    }),
    'refuses to refund what was never paid',
  ],
];

it.each(BROKEN)('catches a processor adapter that %s', async (_what, spoil, check) => {
  expect(await resultNamed(checksForProcessorAdapter(processorSubject(spoil)), check)).toMatchObject({
    status: 'failed',
  });
});
