import type { TaxCalculation } from '../../tax.js';
import { giveUp, overAlready } from '../abort.js';
import { callsDuring } from '../calls-during.js';
import type { CheckFor, NotSupported } from '../check.js';
import { TAX_ID, leakChecks } from '../checks-of-all.js';
import { endingOf, ensure, ensureSame } from '../ensure.js';
import type { Ending } from '../ensure.js';
import { ODD_TEXTS } from '../garbage.js';
import { anyCase, lineOf, questionOf } from './stage.js';
import type { TaxStage } from './stage.js';

type Question = Parameters<typeof questionOf>[2];

const ask = async (stage: TaxStage, own: Question): Promise<Ending<TaxCalculation>> =>
  endingOf('calculate', (await stage.provider()).calculate(questionOf(stage, anyCase(stage), own)));

const answeredLines = (ending: Ending<TaxCalculation>): readonly string[] | undefined =>
  ending.kind === 'answered' ? ending.answer.lines.map(({ line }) => line) : undefined;

/** What may be asked without an end in a crash: countries, texts, days, amounts. */
export const GARBAGE: readonly CheckFor<TaxStage>[] = [
  {
    name: 'answers countries that it does not know, or refuses with an error of the contract',
    async run(stage) {
      for (const country of ['ZZ', 'XX', 'AQ', 'de', '', '__proto__']) {
        const lines = answeredLines(await ask(stage, { buyer: { country, kind: 'consumer' } }));
        ensureSame({ what: `the lines for '${country}'`, was: lines ?? ['line_0'], expected: ['line_0'] });
      }
    },
  },
  {
    name: 'survives any text in address and tax id',
    async run(stage) {
      const { buyer } = anyCase(stage);
      for (const text of ODD_TEXTS) {
        await ask(stage, { buyer: { ...buyer, state: text, postcode: text } });
        await ask(stage, { buyer: { ...buyer, kind: 'business', taxId: text } });
      }
    },
  },
  {
    name: 'survives any day',
    async run(stage) {
      for (const date of ['0001-01-01', '1970-01-01', '2024-02-29', '9999-12-31', '2026-13-45', 'soon', ''])
        await ask(stage, { date });
    },
  },
  {
    name: 'answers rates for amounts from nothing to the largest, in currencies of no, two and three decimals',
    async run(stage) {
      for (const currency of ['JPY', 'EUR', 'KWD'] as const) {
        const amounts = [0, 1, 999_999_999_999, Number.MAX_SAFE_INTEGER];
        const lines = amounts.map((amount, number) => lineOf(number, { amount, category: 'digital_products' }));
        const ending = await ask(stage, { currency, lines });
        const answered = answeredLines(ending)?.toSorted() ?? lines.map(({ id }) => id);
        ensureSame({ what: `the lines in ${currency}`, was: answered, expected: lines.map(({ id }) => id) });
      }
    },
  },
];

/** No faults are needed of a calculator that only computes; one that calls out does not get away without them. */
export async function withoutService(stage: TaxStage): Promise<NotSupported> {
  const calls = await callsDuring(() => ask(stage, {}));
  ensure(calls === 0, `it made ${calls} calls with fetch: say how its service fails (faults)`);
  return { declared: 'calls no service' };
}

/** What happens when the answer does not come. */
export const OUTAGES: readonly CheckFor<TaxStage>[] = [
  {
    name: 'ends at once when the signal was aborted before the call',
    async run(stage) {
      await ask(stage, { signal: overAlready() });
    },
  },
  {
    name: 'ends within the deadline when the signal is aborted during the call, and leaves nothing running',
    async run(stage) {
      const { faults } = stage.subject;
      if (!faults) return withoutService(stage);
      await faults.holdNextAnswer();
      await giveUp({ what: 'calculate', deadlineMs: stage.deadlineMs, run: (signal) => ask(stage, { signal }) });
      await faults.clear();
      return undefined;
    },
  },
  {
    name: 'says that it may be asked again when the answer is lost, and then answers',
    async run(stage) {
      const { faults } = stage.subject;
      if (!faults) return withoutService(stage);
      await faults.loseNextAnswer();
      const lost = await ask(stage, {});
      await faults.clear();
      ensure(lost.kind !== 'permanent', 'a lost answer is a RetryableError, not a PermanentError');
      ensure((await ask(stage, {})).kind === 'answered', 'it does not answer after a lost answer');
      return undefined;
    },
  },
];

/** Provokes everything that could be told. */
export const TAX_LEAKS: readonly CheckFor<TaxStage>[] = leakChecks<TaxStage>(async (stage) => {
  const { faults } = stage.subject;
  const buyer = { ...anyCase(stage).buyer, kind: 'business', taxId: TAX_ID } as const;
  await faults?.loseNextAnswer();
  await ask(stage, { buyer });
  await faults?.clear();
  await ask(stage, { buyer });
  await ask(stage, { buyer: { ...buyer, country: 'ZZ' }, date: '0001-01-01' });
});
