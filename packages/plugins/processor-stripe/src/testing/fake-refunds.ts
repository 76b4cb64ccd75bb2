import { newId, seconds } from './fake-books.js';
import type { FakeBooks } from './fake-books.js';
import { invalid } from './fake-objects.js';
import type { FakeRefund } from './fake-objects.js';

/** What a refund is made of. */
export interface NewRefund {
  readonly intent: string;
  readonly amount: number;
  readonly metadata: Readonly<Record<string, string>>;
}

export function createRefund(books: FakeBooks, { intent: id, amount, metadata }: NewRefund): FakeRefund {
  const intent = books.intents.find((known) => known.id === id);
  if (intent === undefined) throw invalid('resource_missing', 'payment_intent');
  if (intent.status !== 'succeeded') throw invalid('charge_not_refundable');
  const back = books.refunds.filter((refund) => refund.payment_intent === id && refund.status !== 'failed');
  const left = intent.amount_received - back.reduce((sum, refund) => sum + refund.amount, 0);
  if (left === 0) throw invalid('charge_already_refunded');
  if (!Number.isInteger(amount) || amount < 1 || amount > left) throw invalid('parameter_invalid_integer', 'amount');
  const status = intent.payment_method === 'pm_card_pendingRefund' ? 'pending' : 'succeeded';
  const { currency } = intent;
  const own = { id: newId('re'), object: 'refund', created: seconds(), failure_reason: null, status } as const;
  const refund: FakeRefund = { ...own, amount, currency, metadata, payment_intent: id };
  books.refunds.unshift(refund);
  books.happened('refund.created', refund);
  return refund;
}

/** The bank answers later. */
export function endRefund(books: FakeBooks, refund: FakeRefund, outcome: 'succeed' | 'fail'): void {
  refund.status = outcome === 'succeed' ? 'succeeded' : 'failed';
  if (outcome === 'fail') refund.failure_reason = 'expired_or_canceled_card';
  books.happened(outcome === 'succeed' ? 'refund.updated' : 'refund.failed', refund);
}
