import { giveUp, overAlready } from '../abort.js';
import type { CheckFor } from '../check.js';
import { endingOf, endingText, ensure } from '../ensure.js';
import { chargeOf, ensureBooks, lookUp, settled } from './stage.js';
import type { ProcessorStage } from './stage.js';

/** When the answer does not come: surely not sent is not the same as unknown. */
export const OUTAGES: readonly CheckFor<ProcessorStage>[] = [
  {
    name: 'leaves the outcome open when the answer is lost, and finds the charge by our reference',
    async run(stage) {
      const request = await chargeOf(stage);
      await stage.subject.faults.loseNextAnswer();
      const lost = await endingOf('createPayment', (await stage.provider()).createPayment(request));
      await stage.subject.faults.clear();
      const open =
        lost.kind === 'retryable' ||
        (lost.kind === 'answered' && !['failed', 'cancelled'].includes(lost.answer.status));
      ensure(open, `a charge whose answer was lost ${endingText(lost)}: the money moved, so the outcome is unknown`);
      await settled(stage, request);
      await ensureBooks(stage, { reference: request.reference, kind: 'charge', amounts: [request.amount] });
      const found = await lookUp(stage, { reference: request.reference });
      ensure(found.status === 'succeeded', `the look-up by our reference says ${found.status}`);
    },
  },
  {
    name: 'charges once when the answer is lost and the same key comes again',
    async run(stage) {
      const request = await chargeOf(stage);
      const adapter = await stage.provider();
      await stage.subject.faults.loseNextAnswer();
      await endingOf('createPayment', adapter.createPayment(request));
      await stage.subject.faults.clear();
      await endingOf('createPayment', adapter.createPayment(request));
      await settled(stage, request);
      await ensureBooks(stage, { reference: request.reference, kind: 'charge', amounts: [request.amount] });
    },
  },
  {
    name: 'says that nothing was sent when nobody listens',
    async run(stage) {
      const adapter = await stage.providerOf(stage.subject.unreachable);
      const ending = await endingOf('createPayment', adapter.createPayment(await chargeOf(stage)));
      ensure(ending.kind === 'not_sent', `a charge to an address where nobody listens ${endingText(ending)}`);
      const found = await endingOf(
        'retrievePayment',
        adapter.retrievePayment(stage.call({ reference: stage.fresh('att') })),
      );
      ensure(found.kind !== 'answered', `a look-up where nobody listens ${endingText(found)}`);
      ensure(
        found.kind !== 'permanent',
        'a look-up where nobody listens may be asked again, so it is no PermanentError',
      );
    },
  },
  {
    name: 'charges nothing when the signal was aborted before the call',
    async run(stage) {
      const request = await chargeOf(stage, { signal: overAlready() });
      const ending = await endingOf('createPayment', (await stage.provider()).createPayment(request));
      ensure(
        ending.kind === 'not_sent' || ending.kind === 'retryable',
        `createPayment ${endingText(ending)} under a signal that was aborted before`,
      );
      await ensureBooks(stage, { reference: request.reference, kind: 'charge', amounts: [] });
    },
  },
  {
    name: 'ends within the deadline when the signal is aborted during the call, with the outcome open and nothing running',
    async run(stage) {
      const adapter = await stage.provider();
      const kinds: string[] = [];
      const run = async (signal: AbortSignal) => {
        kinds.push((await endingOf('createPayment', adapter.createPayment(await chargeOf(stage, { signal })))).kind);
      };
      await stage.subject.faults.holdNextAnswer();
      await giveUp({ what: 'createPayment', deadlineMs: stage.deadlineMs, run });
      await stage.subject.faults.clear();
      ensure(
        kinds[0] === 'retryable',
        `a charge that was given up on its way ends as ${kinds[0]}, not as a RetryableError`,
      );
    },
  },
];
