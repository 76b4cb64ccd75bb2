import type { CheckFor } from '../check.js';
import { endingOf, ensure, ensureSame } from '../ensure.js';
import { amountOf, ensureBooks, lookUp, openOf, paid } from './stage.js';
import type { ProcessorStage } from './stage.js';

/** A cancel tells the truth. */
export const CANCELS: readonly CheckFor<ProcessorStage>[] = [
  {
    name: 'cancels an open payment, and again for the same answer',
    async run(stage) {
      const adapter = await stage.provider();
      const request = openOf(stage, { amount: await amountOf(stage) });
      const result = await adapter.createPayment(request);
      if (result.status === 'processing')
        return { declared: 'its open payments are processing, which nobody can cancel' };
      const { reference } = request;
      for (const time of ['first', 'second']) {
        const answer = await adapter.cancel(stage.call({ reference }));
        ensureSame({ what: `the ${time} cancel`, was: answer, expected: { status: 'cancelled' } });
      }
      const found = await lookUp(stage, { reference });
      ensure(['cancelled', 'failed'].includes(found.status), `the look-up after a cancel says ${found.status}`);
      await stage.subject.buyerPays({ reference, result }).catch(() => 'refused, as it should be');
      await ensureBooks(stage, { reference, kind: 'charge', amounts: [] });
      return undefined;
    },
  },
  {
    name: 'answers a cancel after the payment with the payment',
    async run(stage) {
      const { reference, amount } = await paid(stage);
      const answer = await (await stage.provider()).cancel(stage.call({ reference }));
      ensure(answer.status === 'succeeded', `a cancel of a paid payment says ${answer.status}`);
      ensureSame({ what: 'what it says was captured', was: answer.captured, expected: amount });
      const found = await lookUp(stage, { reference });
      ensure(found.status === 'succeeded', `after it the look-up says ${found.status}`);
    },
  },
  {
    name: 'finds nothing under references that nobody used',
    async run(stage) {
      const adapter = await stage.provider();
      for (const reference of [stage.fresh('att'), 'x', "a'b&c=d", 'ünïcödé 😀']) {
        const payment = await endingOf('retrievePayment', adapter.retrievePayment(stage.call({ reference })));
        if (payment.kind === 'answered')
          ensureSame({ what: `the payment '${reference}'`, was: payment.answer, expected: { status: 'not_found' } });
        const refund = await endingOf('retrieveRefund', adapter.retrieveRefund(stage.call({ reference })));
        if (refund.kind === 'answered')
          ensureSame({ what: `the refund '${reference}'`, was: refund.answer, expected: { status: 'not_found' } });
      }
      const found = await lookUp(stage, { reference: stage.fresh('att') });
      ensureSame({ what: 'a plain unknown reference', was: found, expected: { status: 'not_found' } });
    },
  },
  {
    name: 'invents no payment when it cancels what was never created',
    async run(stage) {
      const call = stage.call({ reference: stage.fresh('att') });
      const ending = await endingOf('cancel', (await stage.provider()).cancel(call));
      if (ending.kind === 'answered')
        ensure(
          ending.answer.status === 'cancelled' || ending.answer.status === 'unknown',
          `a cancel of a payment that was never created says ${ending.answer.status}`,
        );
    },
  },
];
