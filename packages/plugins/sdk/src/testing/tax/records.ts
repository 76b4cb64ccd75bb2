import type { TaxRecord } from '../../tax.js';
import type { CheckFor, NotSupported } from '../check.js';
import { endingOf, ensure } from '../ensure.js';
import { withoutService } from './failures.js';
import type { TaxStage } from './stage.js';

type Verb = 'commit' | 'void';

/** Calls an optional verb; answers whether it is there. */
async function tell(stage: TaxStage, verb: Verb, request: TaxRecord): Promise<void> {
  const calculator = await stage.provider();
  await calculator[verb]?.(request);
}

/** Runs only for a calculator that keeps a tax of record. */
const keeping =
  (
    verb: Verb,
    run: (stage: TaxStage, recordsOf: (payment: string) => Promise<number>) => Promise<NotSupported | void>,
  ) =>
  async (stage: TaxStage): Promise<NotSupported | undefined> => {
    const { recordsOf } = stage.subject;
    if ((await stage.provider())[verb] === undefined) return { declared: `has no ${verb}` };
    ensure(recordsOf !== undefined, 'it has commit: say how many sales are on record for a payment (recordsOf)');
    return (await run(stage, async (payment) => recordsOf(payment))) ?? undefined;
  };

/** The tax of record: kept once, withdrawn once. */
export const RECORDS: readonly CheckFor<TaxStage>[] = [
  {
    name: 'commits a payment once, however often it is told',
    run: keeping('commit', async (stage, recordsOf) => {
      const payment = stage.fresh('pay');
      const request = stage.call({ payment });
      await tell(stage, 'commit', request);
      await tell(stage, 'commit', request);
      await Promise.all(Array.from({ length: 20 }, () => tell(stage, 'commit', request)));
      ensure((await recordsOf(payment)) === 1, `${await recordsOf(payment)} sales are on record after many commits`);
    }),
  },
  {
    name: 'commits a payment once although the first answer was lost',
    run: keeping('commit', async (stage, recordsOf) => {
      const { faults } = stage.subject;
      if (!faults) return withoutService(stage);
      const payment = stage.fresh('pay');
      const request = stage.call({ payment });
      await faults.loseNextAnswer();
      const lost = await endingOf('commit', tell(stage, 'commit', request));
      await faults.clear();
      ensure(lost.kind !== 'permanent', 'a lost answer is a RetryableError, not a PermanentError');
      await tell(stage, 'commit', request);
      ensure((await recordsOf(payment)) === 1, `${await recordsOf(payment)} sales are on record after a lost answer`);
      return undefined;
    }),
  },
  {
    name: 'withdraws a payment once, however often it is told',
    run: keeping('void', async (stage, recordsOf) => {
      const [payment, other] = [stage.fresh('pay'), stage.fresh('pay')];
      await tell(stage, 'commit', stage.call({ payment }));
      await tell(stage, 'commit', stage.call({ payment: other }));
      const request = stage.call({ payment });
      await tell(stage, 'void', request);
      await tell(stage, 'void', request);
      ensure((await recordsOf(payment)) === 0, `${await recordsOf(payment)} sales are on record after a void`);
      ensure((await recordsOf(other)) === 1, 'a void of one payment withdrew another');
    }),
  },
  {
    name: 'survives withdrawing what was never committed',
    run: keeping('void', async (stage, recordsOf) => {
      const payment = stage.fresh('pay');
      await endingOf('void', tell(stage, 'void', stage.call({ payment })));
      ensure((await recordsOf(payment)) === 0, 'a void put a sale on record');
    }),
  },
];
