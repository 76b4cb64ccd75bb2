import type { CapturePayment, CreatePayment, ProcessorAdapter } from '../../processor.js';
import type { CheckFor, NotSupported } from '../check.js';
import { endingOf, endingText, ensure, ensureSame, written } from '../ensure.js';
import { amountOf, chargeOf, ensureBooks } from './stage.js';
import type { ProcessorStage } from './stage.js';

/** Money that is held for us, and not ours yet. */
interface Held {
  readonly adapter: Capturing;
  readonly request: CreatePayment;
  readonly capturing: CapturePayment;
}

/** An adapter that can take what was authorized. */
type Capturing = ProcessorAdapter & Required<Pick<ProcessorAdapter, 'capture'>>;

const canCapture = (adapter: ProcessorAdapter): adapter is Capturing => adapter.capture !== undefined;

const NO_CAPTURE: NotSupported = { declared: 'has no capture' };

/** Runs a check over a charge that was just authorized, for adapters that can capture. */
const withHeld =
  (run: (stage: ProcessorStage, held: Held) => Promise<void>) =>
  async (stage: ProcessorStage): Promise<NotSupported | undefined> => {
    if (!canCapture(await stage.provider())) return NO_CAPTURE;
    const { authorizing } = stage.subject;
    ensure(authorizing !== undefined, 'it has capture: bring a configuration that authorizes first (authorizing)');
    const adapter = await stage.providerOf(authorizing);
    ensure(canCapture(adapter), 'the configuration that authorizes first has no capture');
    await run(stage, await hold(stage, adapter));
    return undefined;
  };

async function hold(stage: ProcessorStage, adapter: Capturing): Promise<Held> {
  const request = await chargeOf(stage, { amount: await amountOf(stage) });
  const { reference, amount } = request;
  const result = await adapter.createPayment(request);
  if (result.status !== 'authorized') await stage.subject.buyerPays({ reference, result });
  const found = await adapter.retrievePayment(stage.call({ reference }));
  ensure(found.status === 'authorized', `a charge that is only authorized is told as ${written(found)}`);
  ensureSame({ what: 'what it says was authorized', was: found.authorized, expected: amount });
  const { processorRef } = found;
  return { adapter, request, capturing: stage.call({ reference, processorRef, amount }) };
}

/** Authorized money is not ours before it was captured. */
export const CAPTURES: readonly CheckFor<ProcessorStage>[] = [
  {
    name: 'charges nothing while it only authorizes, then captures all of it, once',
    run: withHeld(async (stage, { adapter, request, capturing }) => {
      const { reference, amount } = request;
      await ensureBooks(stage, { reference, kind: 'charge', amounts: [] });
      for (const time of ['first', 'second']) {
        const result = await adapter.capture(capturing);
        ensure(result.status === 'succeeded', `the ${time} capture says ${result.status}`);
        ensureSame({ what: `what the ${time} capture took`, was: result.captured, expected: amount });
      }
      await ensureBooks(stage, { reference, kind: 'charge', amounts: [amount] });
      const found = await adapter.retrievePayment(stage.call({ reference }));
      ensure(found.status === 'succeeded', `after it the look-up says ${found.status}`);
    }),
  },
  {
    name: 'lets authorized money go when it is cancelled, for good',
    run: withHeld(async (stage, { adapter, request, capturing }) => {
      const { reference } = request;
      const answer = await adapter.cancel(stage.call({ reference }));
      ensureSame({ what: 'the cancel', was: answer, expected: { status: 'cancelled' } });
      const ending = await endingOf('capture', adapter.capture(capturing));
      const taken = ending.kind === 'answered' && ['succeeded', 'authorized'].includes(ending.answer.status);
      ensure(!taken, `a capture after the cancel ${endingText(ending)}`);
      await ensureBooks(stage, { reference, kind: 'charge', amounts: [] });
    }),
  },
  {
    name: 'captures nothing that was never authorized',
    async run(stage) {
      const adapter = await stage.provider();
      if (!canCapture(adapter)) return NO_CAPTURE;
      const { reference, amount } = await chargeOf(stage);
      const ending = await endingOf('capture', adapter.capture(stage.call({ reference, amount })));
      const taken = ending.kind === 'answered' && ending.answer.status === 'succeeded';
      ensure(!taken, `a capture of a payment that was never made ${endingText(ending)}`);
      await ensureBooks(stage, { reference, kind: 'charge', amounts: [] });
      return undefined;
    },
  },
];
