import { expect, it } from '@jest/globals';
import { failed, resultNamed, resultsOf } from '../specimens/failed-checks.js';
import { processorSubject, subjectWithoutPosts } from '../specimens/processor-subject.js';
import type { Spoil } from '../specimens/processor-subject.js';
import { find, toResult } from '../specimens/results.js';
import { checksForProcessorAdapter } from './index.js';

it('passes an adapter whose processor posts nothing and takes no tokens, and shows what it declares', async () => {
  const results = await resultsOf(checksForProcessorAdapter(subjectWithoutPosts()));
  expect(failed(results)).toEqual([]);
  const declared = results.flatMap((result) => (result.status === 'not_supported' ? [result.declared] : []));
  const posts = Array.from({ length: 9 }, () => 'capabilities.webhooks is false');
  expect(declared).toEqual(['has no capture', 'has no capture', 'has no capture', ...posts]);
});

it('asks for posts when the adapter declares that its processor makes some', async () => {
  const { webhooks: _, ...subject } = processorSubject();
  const check = 'reads a genuine webhook: our reference and what was captured';
  expect(await resultNamed(checksForProcessorAdapter(subject), check)).toMatchObject({
    status: 'failed',
    problem: expect.stringContaining('bring what its processor posts'),
  });
});

/** What is wrong with the adapter, what is replaced, and the check that must say so. */
const BROKEN: readonly (readonly [string, Spoil, string])[] = [
  [
    'believes posts although it declares none',
    () => ({ parseWebhook: async () => ({ verified: true, account: 'memory', events: [] }) }),
    'refuses a post that nobody signed',
  ],
  [
    'charges nothing for a token, but says so only later',
    (good) => ({ createPayment: ({ paymentMethod: _, ...asked }) => good.createPayment(asked) }),
    'answers a decline as a result, with nothing charged',
  ],
  [
    'opens a payment for every repetition',
    (good) => ({
      createPayment: (asked) => good.createPayment({ ...asked, idempotencyKey: Math.random().toString() }),
    }),
    'charges once when the same key comes again',
  ],
  [
    'tells what was asked for',
    (_, books) => ({
      async retrievePayment({ reference }) {
        const payment = find(books, reference);
        const result = payment && toResult(payment);
        if (result?.status !== 'succeeded') return result ?? { status: 'not_found' };
        const { amount, currency } = result.captured;
        return { ...result, captured: { amount: amount > 1_255 + 50 ? 1_255 + 50 : amount, currency } };
      },
    }),
    'reports what was captured, not what was asked for',
  ],
];

it.each(BROKEN)('catches a processor adapter without posts that %s', async (_what, spoil, check) => {
  expect(await resultNamed(checksForProcessorAdapter(subjectWithoutPosts(spoil)), check)).toMatchObject({
    status: 'failed',
  });
});
