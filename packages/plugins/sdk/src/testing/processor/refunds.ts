import type { CheckFor } from '../check.js';
import { endingOf, endingText, ensure, ensureSame } from '../ensure.js';
import { ensureBooks, paid, refundOf } from './stage.js';
import type { Paid, ProcessorStage } from './stage.js';

/** What went back under a payment, from the books. */
async function refunded(stage: ProcessorStage, references: readonly string[]): Promise<number> {
  const books = await Promise.all(references.map((reference) => stage.subject.ledger(reference)));
  return books
    .flat()
    .filter(({ kind }) => kind === 'refund')
    .reduce((sum, { amount }) => sum + amount.amount, 0);
}

/** Asks for refunds one after the other, answers the sum that moved. */
async function refundAll(stage: ProcessorStage, payment: Paid, minors: readonly number[]): Promise<number> {
  const references: string[] = [];
  for (const minor of minors) {
    const request = refundOf(stage, payment, minor);
    references.push(request.reference);
    const ending = await endingOf('refund', (await stage.provider()).refund(request));
    ensure(ending.kind !== 'not_sent' && ending.kind !== 'retryable', `refund of ${minor} ${endingText(ending)}`);
  }
  return refunded(stage, references);
}

/** Money that goes back. */
export const REFUNDS: readonly CheckFor<ProcessorStage>[] = [
  {
    name: 'refunds what was asked, and finds it by our reference',
    async run(stage) {
      const adapter = await stage.provider();
      const request = refundOf(stage, await paid(stage), 500);
      const result = await adapter.refund(request);
      ensure(result.status !== 'failed', `a refund of a part is answered as ${result.status}`);
      if (result.status === 'succeeded') {
        ensureSame({ what: 'what it says was refunded', was: result.refunded, expected: request.amount });
        await ensureBooks(stage, { reference: request.reference, kind: 'refund', amounts: [request.amount] });
      }
      const found = await adapter.retrieveRefund(stage.call({ reference: request.reference }));
      ensure(found.status === 'pending' || found.status === 'succeeded', `the look-up of it says ${found.status}`);
    },
  },
  {
    name: 'refunds once when the same key comes again',
    async run(stage) {
      const adapter = await stage.provider();
      const request = refundOf(stage, await paid(stage), 500);
      await adapter.refund(request);
      await adapter.refund(request);
      await ensureBooksAtMostOnce(stage, request.reference);
    },
  },
  {
    name: 'refunds once when the same key comes twenty times at once',
    async run(stage) {
      const adapter = await stage.provider();
      const request = refundOf(stage, await paid(stage), 500);
      await Promise.all(Array.from({ length: 20 }, () => endingOf('refund', adapter.refund(request))));
      await ensureBooksAtMostOnce(stage, request.reference);
    },
  },
  {
    name: 'makes each of several partial refunds of a payment',
    async run(stage) {
      const adapter = await stage.provider();
      const payment = await paid(stage);
      const refs: string[] = [];
      for (const request of [refundOf(stage, payment, 500), refundOf(stage, payment, 500)]) {
        const result = await adapter.refund(request);
        ensure(result.status !== 'failed', `one of two refunds of a part is answered as ${result.status}`);
        refs.push(result.processorRef);
        const found = await adapter.retrieveRefund(stage.call({ reference: request.reference }));
        ensure(found.status === 'pending' || found.status === 'succeeded', `the look-up of it says ${found.status}`);
        await ensureBooksAtMostOnce(stage, request.reference);
      }
      ensure(new Set(refs).size === refs.length, 'two refunds of a payment have the same processorRef');
    },
  },
  {
    name: 'never refunds more than was captured, at once or in parts',
    async run(stage) {
      const whole = await paid(stage);
      const tooMuch = await refundAll(stage, whole, [whole.amount.amount + 1]);
      ensure(tooMuch === 0, `${tooMuch} went back of ${whole.amount.amount} when one more was asked for`);
      const parts = await paid(stage);
      const part = Math.ceil(parts.amount.amount * 0.6);
      const sum = await refundAll(stage, parts, [part, part]);
      ensure(sum <= parts.amount.amount, `${sum} went back of ${parts.amount.amount}`);
    },
  },
  {
    name: 'leaves a refund open when the answer is lost, finds it by our reference, and repeats it without effect',
    async run(stage) {
      const adapter = await stage.provider();
      const request = refundOf(stage, await paid(stage), 500);
      await stage.subject.faults.loseNextAnswer();
      const lost = await endingOf('refund', adapter.refund(request));
      await stage.subject.faults.clear();
      const open = lost.kind === 'retryable' || (lost.kind === 'answered' && lost.answer.status !== 'failed');
      ensure(open, `a refund whose answer was lost ${endingText(lost)}: the money moved, so the outcome is unknown`);
      const found = await adapter.retrieveRefund(stage.call({ reference: request.reference }));
      ensure(found.status === 'pending' || found.status === 'succeeded', `the look-up of it says ${found.status}`);
      await endingOf('refund', adapter.refund(request));
      await ensureBooksAtMostOnce(stage, request.reference);
    },
  },
  {
    name: 'refuses to refund what was never paid',
    async run(stage) {
      const nobody = { reference: stage.fresh('att'), processorRef: 'unknown_1' };
      const request = refundOf(stage, { ...nobody, amount: { amount: 500, currency: 'EUR' } }, 500);
      const ending = await endingOf('refund', (await stage.provider()).refund(request));
      const refused = ending.kind === 'permanent' || (ending.kind === 'answered' && ending.answer.status === 'failed');
      ensure(refused, `a refund of an unknown payment ${endingText(ending)}`);
    },
  },
];

async function ensureBooksAtMostOnce(stage: ProcessorStage, reference: string): Promise<void> {
  const moved = await refunded(stage, [reference]);
  const found = await (await stage.provider()).retrieveRefund(stage.call({ reference }));
  ensure(moved === 500 || (moved === 0 && found.status === 'pending'), `${moved} went back under one key, not 500`);
}
