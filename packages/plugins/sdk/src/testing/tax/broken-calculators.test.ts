import { expect, it } from '@jest/globals';
import { PermanentError, RetryableError } from '../../errors.js';
import { failed, resultNamed, resultsOf } from '../specimens/failed-checks.js';
import { TAX_SECRET, taxSubject } from '../specimens/tax-subject.js';
import type { SpoilTax } from '../specimens/tax-subject.js';
import { checksForTaxCalculator } from './index.js';

it('passes a good tax calculator, every check of it', async () => {
  const results = await resultsOf(checksForTaxCalculator(taxSubject()));
  expect(failed(results)).toEqual([]);
  expect(results.filter(({ status }) => status === 'not_supported')).toEqual([]);
});

it('shows what a calculator that only computes does not do as not supported', async () => {
  const {
    faults: _,
    recordsOf: __,
    ...subject
  } = taxSubject(() => ({ commit: undefined as never, void: undefined as never }));
  const results = await resultsOf(checksForTaxCalculator(subject));
  expect(failed(results)).toEqual([]);
  expect(results.filter(({ status }) => status === 'not_supported')).toHaveLength(6);
});

it('lets no calculator that calls a service get away without its faults', async () => {
  const { faults: _, ...subject } = taxSubject((good) => ({
    async calculate(asked) {
      await fetch('data:text/plain,19');
      return good.calculate(asked);
    },
  }));
  expect(failed(await resultsOf(checksForTaxCalculator(subject))).join()).toContain(
    'say how its service fails (faults)',
  );
});

/** The good one with other rates. */
const withRates =
  (rate: (line: number) => string): SpoilTax =>
  (good) => ({
    async calculate(asked) {
      const { lines } = await good.calculate(asked);
      return {
        lines: lines.map((line, at) => ({ ...line, taxes: line.taxes.map((tax) => ({ ...tax, rate: rate(at) })) })),
      };
    },
  });

const BROKEN: readonly (readonly [string, SpoilTax, string])[] = [
  ['registers under another id', () => ({ id: 'other' }), 'registers one provider, under its id and with every verb'],
  ['answers another rate', withRates(() => '7/100'), 'answers the rates of the case: a German buyer'],
  ['answers percent', withRates(() => '19'), 'answers rates as parts of one: 19 % is 19/100, not 19'],
  [
    'leaves out a line',
    (good) => ({ calculate: async (asked) => ({ lines: (await good.calculate(asked)).lines.slice(0, 50) }) }),
    'answers every line exactly once, and no other',
  ],
  [
    'answers a line twice',
    (good) => ({
      async calculate(asked) {
        const { lines } = await good.calculate(asked);
        return { lines: [...lines, ...lines.slice(0, 1)].slice(0, 100) };
      },
    }),
    'answers every line exactly once, and no other',
  ],
  [
    'answers amounts',
    (good) => ({
      async calculate(asked) {
        const { lines } = await good.calculate(asked);
        return { lines: lines.map((line) => ({ ...line, amount: 380 })) };
      },
    }),
    'answers every line exactly once, and no other',
  ],
  [
    'taxes what is out of scope',
    (good) => ({
      async calculate(asked) {
        const { lines } = await good.calculate({ ...asked, buyer: { ...asked.buyer, country: 'DE' } });
        return { lines: lines.map((line) => ({ ...line, reason: 'out_of_scope' })) };
      },
    }),
    'takes nothing when its reason says that nothing is due',
  ],
  [
    'answers differently each time',
    (good) => {
      let asked = 0;
      return {
        calculate: (question) =>
          withRates(() => `${(asked += 1)}/100000`)(good, { records: [], fault: undefined }).calculate?.(
            question,
          ) as never,
      };
    },
    'answers the same question the same way, whatever its key',
  ],
  ['taxes by the place in the list', withRates((at) => `${at}/100`), 'taxes a line the same whatever stands beside it'],
  [
    'mixes up questions that come at once',
    (good) => {
      const last: { lines?: Parameters<typeof good.calculate>[0]['lines'] } = {};
      return {
        async calculate(asked) {
          last.lines = asked.lines;
          await Promise.resolve();
          return good.calculate({ ...asked, lines: last.lines });
        },
      };
    },
    'answers twenty questions at once as it answers them one by one',
  ],
  [
    'sorts the lines that it was given',
    (good) => ({
      calculate: (asked) => {
        (asked.lines as unknown[]).reverse();
        return good.calculate(asked);
      },
    }),
    'leaves the question as it is',
  ],
  [
    'commits twice',
    (_, { records }) => ({ commit: async ({ payment }) => void records.push(payment) }),
    'commits a payment once, however often it is told',
  ],
  [
    'remembers what it committed only once it was answered',
    (_, service) => {
      const told = new Set<string>();
      return {
        async commit({ payment }) {
          if (told.has(payment)) return;
          service.records.push(payment);
          const { fault } = service;
          service.fault = undefined;
          if (fault !== undefined) throw new RetryableError({ code: 'no_answer', message: 'no answer' });
          told.add(payment);
        },
      };
    },
    'commits a payment once although the first answer was lost',
  ],
  [
    'withdraws everything',
    (_, { records }) => ({ void: async () => void records.splice(0) }),
    'withdraws a payment once, however often it is told',
  ],
  [
    'mixes up buyers who come at once',
    (good) => {
      const last: { buyer?: Parameters<typeof good.calculate>[0]['buyer'] } = {};
      return {
        async calculate(asked) {
          last.buyer = asked.buyer;
          await Promise.resolve();
          return good.calculate({ ...asked, buyer: last.buyer });
        },
      };
    },
    'answers twenty questions at once as it answers them one by one',
  ],
  ['withdraws nothing', () => ({ void: async () => {} }), 'withdraws a payment once, however often it is told'],
  [
    'crashes on countries that it does not know',
    (good) => ({
      calculate: (asked) => {
        if (!['DE', 'US'].includes(asked.buyer.country)) throw new TypeError('rates[country] is undefined');
        return good.calculate(asked);
      },
    }),
    'answers countries that it does not know, or refuses with an error of the contract',
  ],
  [
    'crashes on odd tax ids',
    (good) => ({
      calculate: (asked) => {
        encodeURIComponent(asked.buyer.taxId ?? '');
        return good.calculate(asked);
      },
    }),
    'survives any text in address and tax id',
  ],
  [
    'crashes on a day that there is not',
    (good) => ({
      calculate: (asked) => {
        new Date(asked.date).toISOString();
        return good.calculate(asked);
      },
    }),
    'survives any day',
  ],
  [
    'does not listen to the signal',
    (good) => ({ calculate: (asked) => good.calculate({ ...asked, signal: new AbortController().signal }) }),
    'ends within the deadline when the signal is aborted during the call, and leaves nothing running',
  ],
  [
    'fails for good when the answer is lost',
    (good) => ({
      calculate: (asked) =>
        good.calculate(asked).catch((thrown: unknown) => {
          throw thrown instanceof RetryableError ? new PermanentError({ code: 'failed', message: 'failed' }) : thrown;
        }),
    }),
    'says that it may be asked again when the answer is lost, and then answers',
  ],
  [
    'puts its key into a notice',
    (good) => ({
      calculate: async (asked) => ({ ...(await good.calculate(asked)), notices: [`asked with ${TAX_SECRET}`] }),
    }),
    'keeps secrets out of its logs, errors and answers',
  ],
  [
    'logs the tax id',
    (good) => ({
      calculate: (asked) => {
        asked.logger.warn({ buyer: asked.buyer }, 'asked');
        return good.calculate(asked);
      },
    }),
    'keeps people out of its logs and errors',
  ],
];

it.each(BROKEN)('catches a tax calculator that %s', async (_what, spoil, check) => {
  expect(await resultNamed(checksForTaxCalculator(taxSubject(spoil)), check)).toMatchObject({ status: 'failed' });
});
