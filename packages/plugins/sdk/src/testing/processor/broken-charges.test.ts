import { expect, it } from '@jest/globals';
import { PermanentError, RetryableError } from '../../errors.js';
import type { CreatePayment } from '../../processor.js';
import { failed, resultNamed, resultsOf } from '../specimens/failed-checks.js';
import { processorSubject } from '../specimens/processor-subject.js';
import type { Spoil } from '../specimens/processor-subject.js';
import { checksForProcessorAdapter } from './index.js';

it('passes a good processor adapter, every check of it', async () => {
  const results = await resultsOf(checksForProcessorAdapter(processorSubject()));
  expect(failed(results)).toEqual([]);
  expect(results.filter(({ status }) => status === 'not_supported')).toEqual([]);
});

it('shows what an adapter declares not to do as not supported', async () => {
  const spoil: Spoil = (good) => {
    const { completePayment: _, ...adapter } = good;
    return {
      ...adapter,
      completePayment: undefined as never,
      capabilities: { ...good.capabilities, currencies: ['EUR'] },
    };
  };
  const results = await resultsOf(checksForProcessorAdapter(processorSubject(spoil)));
  expect(results.filter(({ status }) => status === 'not_supported')).toEqual([
    expect.objectContaining({ declared: 'has no completePayment' }),
    expect.objectContaining({ declared: 'capabilities.currencies has none with no decimals' }),
    expect.objectContaining({ declared: 'capabilities.currencies has none with three decimals' }),
  ]);
});

const withoutPause = { signal: new AbortController().signal };

/** What is wrong with the adapter, what is replaced, and the check that must say so. */
const BROKEN: readonly (readonly [string, Spoil, string])[] = [
  ['registers under another id', () => ({ id: 'other' }), 'registers one provider, under its id and with every verb'],
  ['has no cancel', () => ({ cancel: undefined as never }), 'registers one provider, under its id and with every verb'],
  [
    'forgets keys before "not found" may be believed',
    (good) => ({ capabilities: { ...good.capabilities, idempotencyKeyLifeSeconds: 10 } }),
    'declares capabilities that the engine can act on',
  ],
  [
    'answers a status of its own',
    (good) => ({ createPayment: async (asked) => ({ ...(await good.createPayment(asked)), status: 'paid' as never }) }),
    'charges what was asked, once, and says so',
  ],
  [
    'throws on a decline',
    (good) => ({
      async createPayment(asked) {
        const result = await good.createPayment(asked);
        if (result.status === 'failed') throw new PermanentError({ code: 'declined', message: 'declined' });
        return result;
      },
    }),
    'answers a decline as a result, with nothing charged',
  ],
  [
    'charges again for the same key',
    (good) => ({
      createPayment: (asked) => good.createPayment({ ...asked, idempotencyKey: Math.random().toString() }),
    }),
    'charges once when the same key comes again',
  ],
  [
    'charges twice when the same key comes at once',
    (good) => ({
      async createPayment(asked) {
        const known = await good.retrievePayment(asked);
        await new Promise((resolve) => {
          setTimeout(resolve, 1);
        });
        return known.status === 'not_found'
          ? good.createPayment({ ...asked, idempotencyKey: Math.random().toString() })
          : known;
      },
    }),
    'charges once when the same key comes twenty times at once',
  ],
  [
    'mixes up charges that come at once',
    (good) => {
      const last: { asked?: CreatePayment } = {};
      return {
        async createPayment(asked) {
          last.asked = asked;
          await Promise.resolve();
          return good.createPayment({ ...asked, amount: last.asked.amount });
        },
      };
    },
    'keeps twenty charges that come at once apart',
  ],
  [
    'says that what was asked for was captured',
    (good) => ({
      async createPayment(asked) {
        const result = await good.createPayment(asked);
        return result.status === 'succeeded' ? { ...result, captured: asked.amount } : result;
      },
    }),
    'reports what was captured, not what was asked for',
  ],
  [
    'believes what the address says',
    () => ({
      completePayment: async ({ query }) =>
        query['status'] === 'succeeded'
          ? { status: 'succeeded', processorRef: 'mem_1', captured: { amount: 1255, currency: 'EUR' } }
          : { status: 'processing', processorRef: 'mem_1' },
    }),
    'believes nothing that the buyer brings back in the address',
  ],
  [
    'counts every currency in hundredths',
    (good) => ({
      createPayment: (asked) =>
        good.createPayment({
          ...asked,
          amount: {
            ...asked.amount,
            amount: asked.amount.currency === 'JPY' ? asked.amount.amount * 100 : asked.amount.amount,
          },
        }),
    }),
    'charges currencies with no decimals to the unit, or refuses them',
  ],
  [
    'rounds thousandths to hundredths',
    (good) => ({
      createPayment: (asked) =>
        good.createPayment({
          ...asked,
          amount: {
            ...asked.amount,
            amount: asked.amount.currency === 'KWD' ? Math.round(asked.amount.amount / 10) * 10 : asked.amount.amount,
          },
        }),
    }),
    'charges currencies with three decimals to the unit, or refuses them',
  ],
  [
    'takes an undeclared currency for euro',
    (good) => ({
      createPayment: (asked) =>
        good.createPayment({
          ...asked,
          amount: ['EUR', 'JPY', 'KWD'].includes(asked.amount.currency)
            ? asked.amount
            : { ...asked.amount, currency: 'EUR' },
        }),
    }),
    'refuses currencies that it does not declare',
  ],
  [
    'rounds amounts',
    (good) => ({
      createPayment: (asked) =>
        good.createPayment({ ...asked, amount: { ...asked.amount, amount: Math.floor(asked.amount.amount) } }),
    }),
    'refuses amounts that are no positive whole number, and rounds none',
  ],
  [
    'charges less than its minimum',
    (good) => ({ capabilities: { ...good.capabilities, minimumAmount: { EUR: 100 } } }),
    'refuses amounts below the minimum that it declares',
  ],
  [
    'takes a lost answer for a decline',
    (good) => ({
      createPayment: (asked) =>
        good.createPayment(asked).catch((thrown: unknown) => {
          if (thrown instanceof RetryableError)
            return { status: 'failed', declineCode: 'PROCESSING_ERROR', message: 'no answer' } as const;
          throw thrown;
        }),
    }),
    'leaves the outcome open when the answer is lost, and finds the charge by our reference',
  ],
  [
    'looks payments up by the id of the processor only',
    (good) => ({
      retrievePayment: async (asked) => (asked.processorRef ? good.retrievePayment(asked) : { status: 'not_found' }),
    }),
    'leaves the outcome open when the answer is lost, and finds the charge by our reference',
  ],
  [
    'calls a refused connection an unknown outcome',
    (good) => ({
      createPayment: (asked) =>
        good.createPayment(asked).catch(() => {
          throw new RetryableError({ code: 'failed', message: 'failed' });
        }),
    }),
    'says that nothing was sent when nobody listens',
  ],
  [
    'charges under an aborted signal',
    (good) => ({
      createPayment: (asked) => good.createPayment(asked.signal.aborted ? { ...asked, ...withoutPause } : asked),
    }),
    'charges nothing when the signal was aborted before the call',
  ],
  [
    'does not listen to the signal',
    (good) => ({ createPayment: (asked) => good.createPayment({ ...asked, ...withoutPause }) }),
    'ends within the deadline when the signal is aborted during the call, with the outcome open and nothing running',
  ],
  [
    'leaves a timer running',
    (good, books) => ({
      async createPayment(asked) {
        const timer = setInterval(() => books.payments.length, 10);
        setTimeout(() => clearInterval(timer), 1_500);
        return good.createPayment(asked);
      },
    }),
    'ends within the deadline when the signal is aborted during the call, with the outcome open and nothing running',
  ],
];

it.each(BROKEN)('catches a processor adapter that %s', async (_what, spoil, check) => {
  expect(await resultNamed(checksForProcessorAdapter(processorSubject(spoil)), check)).toMatchObject({
    status: 'failed',
  });
});
