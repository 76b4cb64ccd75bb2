import { z } from 'zod';
import type { ProcessorActionDone, ProviderAction } from '../../action.js';
import { NotSentError, PermanentError, RetryableError } from '../../errors.js';
import { isCurrency } from '../../money.js';
import type { Money } from '../../money.js';
import type { ProcessorAdapter } from '../../processor.js';
import type { BookedPayment, Books } from './books.js';
import { readPost } from './posts.js';
import { find, toRefund, toResult } from './results.js';

const NOTE_PAYMENT: ProviderAction<ProcessorActionDone> = {
  description: 'Notes that somebody paid by hand.',
  input: z.strictObject({ reference: z.string() }),
  inputSchema: { type: 'object', properties: { reference: { type: 'string', title: 'Reference' } } },
  run: async () => ({ outcome: 'refused', code: 'nothing_to_note', message: 'nobody pays by hand here' }),
};

export const TOKENS = { succeeds: 'tok_ok', declines: 'tok_declined' };
export const SECRETS = { apiKey: 'key-of-the-memory-processor', webhookSecret: 'webhook-secret-of-the-memory' };

/** An adapter as it should be, with everything that one can have. */
export interface MemoryProcessor extends ProcessorAdapter {
  readonly capture: NonNullable<ProcessorAdapter['capture']>;
  readonly clientConfig: NonNullable<ProcessorAdapter['clientConfig']>;
}

/** To a processor in memory, which charges tokens at once, or only authorizes them. */
export const memoryProcessor = (books: Books, { authorizes = false } = {}): MemoryProcessor => ({
  id: 'memory',
  displayName: 'Memory',
  capabilities: {
    currencies: ['EUR', 'JPY', 'KWD'],
    notFoundFinalAfterSeconds: 60,
    idempotencyKeyLifeSeconds: 3600,
    minimumAmount: { EUR: 50 },
    webhooks: true,
    paymentProvider: 'dodo',
  },
  async createPayment({ reference, amount, idempotencyKey, paymentMethod, signal }) {
    refuseAborted(signal);
    refuseAmount(amount);
    const known = books.byKey.get(idempotencyKey);
    const payment =
      books.payments.find(({ id }) => id === known) ?? charge(books, { reference, amount, paymentMethod, authorizes });
    books.byKey.set(idempotencyKey, payment.id);
    await answered(books, signal);
    return toResult(payment);
  },
  async completePayment({ reference }) {
    const payment = find(books, reference);
    if (payment) return toResult(payment);
    throw new PermanentError({ code: 'unknown_payment', message: 'there is no such payment' });
  },
  async capture({ reference }) {
    const payment = find(books, reference);
    if (!payment) throw new PermanentError({ code: 'unknown_payment', message: 'there is no such payment' });
    if (payment.status === 'authorized') payment.status = 'succeeded';
    return toResult(payment);
  },
  async retrievePayment({ reference }) {
    const payment = find(books, reference);
    return payment ? toResult(payment) : { status: 'not_found' };
  },
  async cancel({ reference }) {
    const payment = find(books, reference);
    if (!payment) return { status: 'unknown' };
    if (payment.status === 'open' || payment.status === 'authorized') payment.status = 'cancelled';
    const result = toResult(payment);
    return result.status === 'succeeded' ? result : { status: 'cancelled' };
  },
  async refund({ reference, payment: { processorRef }, amount, idempotencyKey, signal }) {
    refuseAborted(signal);
    const known = books.refunds.find(({ id }) => id === books.byKey.get(idempotencyKey));
    const refund = known ?? giveBack(books, { reference, processorRef, amount });
    if (!refund) return { status: 'failed', code: 'too_much', message: 'that much was not captured' };
    books.byKey.set(idempotencyKey, refund.id);
    await answered(books, signal);
    return toRefund(refund);
  },
  async retrieveRefund({ reference }) {
    const refund = books.refunds.find((known) => known.reference === reference);
    return refund ? toRefund(refund) : { status: 'not_found' };
  },
  parseWebhook: (post) => readPost({ post, books, secret: SECRETS.webhookSecret }),
  clientConfig: () => ({ scriptOrigins: ['https://js.memory.example'], frameOrigins: [], connectOrigins: [] }),
  actions: { note_payment: NOTE_PAYMENT },
});

async function answered(books: Books, signal: AbortSignal): Promise<void> {
  try {
    await books.answering(signal);
  } catch (cause) {
    throw new RetryableError({ code: 'no_answer', message: 'the processor did not answer', cause });
  }
}

function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new NotSentError({ code: 'not_asked', message: 'the call was over before it began' });
}

function refuseAmount({ amount, currency }: Money): void {
  const least = currency === 'EUR' ? 50 : 1;
  const known = isCurrency(currency) && ['EUR', 'JPY', 'KWD'].includes(currency);
  if (!known || !Number.isSafeInteger(amount) || amount < least)
    throw new PermanentError({ code: 'amount_not_chargeable', message: 'this amount cannot be charged' });
}

interface Charge {
  readonly reference: string;
  readonly amount: Money;
  readonly paymentMethod: string | undefined;
  readonly authorizes?: boolean;
}

/** Books a payment. */
export function charge(books: Books, { reference, amount, paymentMethod, authorizes = false }: Charge): BookedPayment {
  const taken = authorizes ? 'authorized' : 'succeeded';
  const ends = paymentMethod === TOKENS.succeeds ? taken : 'failed';
  const payment: BookedPayment = {
    id: `mem_${books.payments.length + 1}`,
    reference,
    amount: { ...amount, amount: amount.amount + books.more() },
    status: paymentMethod === undefined ? 'open' : ends,
  };
  books.payments.push(payment);
  return payment;
}

interface GiveBack {
  readonly reference: string;
  readonly processorRef: string;
  readonly amount: Money;
}

/** Books a refund if as much is left. */
function giveBack(books: Books, { reference, processorRef, amount }: GiveBack): Books['refunds'][number] | undefined {
  const payment = books.payments.find(({ id, status }) => id === processorRef && status === 'succeeded');
  const back = books.refunds.filter((refund) => refund.payment === processorRef);
  const sum = back.reduce((total, refund) => total + refund.amount.amount, amount.amount);
  return payment && sum <= payment.amount.amount ? bookRefund(books, { reference, processorRef, amount }) : undefined;
}

/** Books a refund, whatever is left. */
export function bookRefund(books: Books, { reference, processorRef, amount }: GiveBack): Books['refunds'][number] {
  const refund = { id: `memr_${books.refunds.length + 1}`, reference, payment: processorRef, amount };
  books.refunds.push(refund);
  return refund;
}
