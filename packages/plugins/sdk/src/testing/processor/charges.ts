import type { CheckFor } from '../check.js';
import { endingOf, endingText, ensure, ensureSame } from '../ensure.js';
import { amountOf, chargeOf, ensureBooks, finished, lookUp, openOf, paid, settled } from './stage.js';
import type { ProcessorStage } from './stage.js';

/** A charge: asked once, made once, told as it is. */
export const CHARGES: readonly CheckFor<ProcessorStage>[] = [
  {
    name: 'declares capabilities that the engine can act on',
    async run(stage) {
      const { notFoundFinalAfterSeconds, idempotencyKeyLifeSeconds, minimumAmount } = (await stage.provider())
        .capabilities;
      ensure(notFoundFinalAfterSeconds >= 0, 'notFoundFinalAfterSeconds is negative or no number');
      ensure(
        idempotencyKeyLifeSeconds > notFoundFinalAfterSeconds,
        'idempotencyKeyLifeSeconds is not above notFoundFinalAfterSeconds: the key is forgotten before "not found" may be believed',
      );
      for (const [currency, amount] of Object.entries(minimumAmount))
        ensure(
          Number.isSafeInteger(amount) && amount >= 0,
          `minimumAmount of ${currency} is ${amount}, no minor units`,
        );
    },
  },
  {
    name: 'charges what was asked, once, and says so',
    async run(stage) {
      const amount = await amountOf(stage);
      const { reference } = await paid(stage, { amount });
      await ensureBooks(stage, { reference, kind: 'charge', amounts: [amount] });
      const found = await lookUp(stage, { reference });
      ensure(found.status === 'succeeded', `the look-up says ${found.status}`);
      ensureSame({ what: 'what the look-up says was captured', was: found.captured, expected: amount });
    },
  },
  {
    name: 'answers a decline as a result, with nothing charged',
    async run(stage) {
      const request = await chargeOf(stage, { paymentMethod: stage.subject.paymentMethods.declines });
      const ending = await endingOf('createPayment', (await stage.provider()).createPayment(request));
      ensure(
        ending.kind === 'answered' && ending.answer.status === 'failed',
        `a charge with the token that is declined ${endingText(ending)}`,
      );
      await ensureBooks(stage, { reference: request.reference, kind: 'charge', amounts: [] });
    },
  },
  {
    name: 'charges once when the same key comes again',
    async run(stage) {
      const request = await chargeOf(stage);
      const adapter = await stage.provider();
      const first = await adapter.createPayment(request);
      const second = await adapter.createPayment(request);
      const ref = (result: typeof first) => ('processorRef' in result ? result.processorRef : undefined);
      ensureSame({ what: 'the processorRef of the repetition', was: ref(second), expected: ref(first) });
      await settled(stage, request);
      await ensureBooks(stage, { reference: request.reference, kind: 'charge', amounts: [request.amount] });
    },
  },
  {
    name: 'charges once when the same key comes twenty times at once',
    async run(stage) {
      const request = await chargeOf(stage);
      const adapter = await stage.provider();
      const endings = await Promise.all(
        Array.from({ length: 20 }, () => endingOf('createPayment', adapter.createPayment(request))),
      );
      const wrong = endings.find(({ kind }) => kind === 'permanent');
      ensure(wrong === undefined, `one of twenty ${wrong ? endingText(wrong) : ''}`);
      await settled(stage, request);
      await ensureBooks(stage, { reference: request.reference, kind: 'charge', amounts: [request.amount] });
    },
  },
  {
    name: 'keeps twenty charges that come at once apart',
    async run(stage) {
      const { amount, currency } = await amountOf(stage);
      const requests = await Promise.all(
        Array.from({ length: 20 }, (_, number) => chargeOf(stage, { amount: { amount: amount + number, currency } })),
      );
      const adapter = await stage.provider();
      const results = await Promise.all(requests.map((request) => adapter.createPayment(request)));
      for (const [index, request] of requests.entries()) {
        const result = results[index];
        if (result?.status === 'succeeded')
          ensureSame({ what: 'what one of twenty captured', was: result.captured, expected: request.amount });
        await settled(stage, request);
        await ensureBooks(stage, { reference: request.reference, kind: 'charge', amounts: [request.amount] });
      }
    },
  },
  {
    name: 'finds by our reference what the buyer paid later',
    async run(stage) {
      const request = openOf(stage, { amount: await amountOf(stage) });
      const result = await (await stage.provider()).createPayment(request);
      const end = await finished(stage, { reference: request.reference, result });
      ensure(end.status === 'succeeded', `after the buyer paid the look-up says ${end.status}`);
      ensureSame({ what: 'what was captured', was: end.captured, expected: request.amount });
    },
  },
  {
    name: 'reports what was captured, not what was asked for',
    async run(stage) {
      const { faults } = stage.subject;
      const request = await chargeOf(stage);
      await faults.captureMore(7);
      const ending = await endingOf('createPayment', (await stage.provider()).createPayment(request));
      await settled(stage, request);
      await faults.clear();
      const expected = { ...request.amount, amount: request.amount.amount + 7 };
      const found = await lookUp(stage, { reference: request.reference });
      const isEnd = ending.kind === 'answered' && request.paymentMethod !== undefined;
      for (const said of [isEnd ? ending.answer : found, found]) {
        ensure(said.status === 'succeeded', `a charge that captured too much is told as ${said.status}`);
        ensureSame({ what: 'what it says was captured', was: said.captured, expected });
      }
    },
  },
  {
    name: 'believes nothing that the buyer brings back in the address',
    async run(stage) {
      const adapter = await stage.provider();
      if (adapter.completePayment === undefined) return { declared: 'has no completePayment' };
      const { reference, ...request } = openOf(stage, { amount: await amountOf(stage) });
      await adapter.createPayment({ reference, ...request });
      const query = { status: 'succeeded', success: 'true', redirect_status: 'succeeded', result: 'paid' };
      const ending = await endingOf('completePayment', adapter.completePayment(stage.call({ reference, query })));
      const believed = ending.kind === 'answered' && ending.answer.status === 'succeeded';
      ensure(!believed, 'an unpaid payment counts as paid because the address says so');
      return undefined;
    },
  },
];
