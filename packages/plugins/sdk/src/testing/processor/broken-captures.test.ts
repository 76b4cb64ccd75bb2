import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { failed, resultNamed, resultsOf } from '../specimens/failed-checks.js';
import { charge } from '../specimens/memory-processor.js';
import { processorSubject } from '../specimens/processor-subject.js';
import type { Spoil } from '../specimens/processor-subject.js';
import { find, toResult } from '../specimens/results.js';
import { checksForProcessorAdapter } from './index.js';

it('shows verbs that an adapter does not have as not supported, and fails none for it', async () => {
  const spoil: Spoil = () => ({ capture: undefined as never, clientConfig: undefined as never, actions: {} });
  const { authorizing: _, ...subject } = processorSubject(spoil);
  const results = await resultsOf(checksForProcessorAdapter(subject));
  expect(failed(results)).toEqual([]);
  const declared = results.flatMap((result) => (result.status === 'not_supported' ? [result.declared] : []));
  expect(declared).toEqual([
    ...['has no capture', 'has no capture', 'has no capture'],
    ...['has no clientConfig', 'has no actions', 'has no actions'],
  ]);
});

const HELD = 'charges nothing while it only authorizes, then captures all of it, once';

it('asks for a configuration that authorizes when the adapter can capture', async () => {
  const { authorizing: _, ...subject } = processorSubject();
  expect(await resultNamed(checksForProcessorAdapter(subject), HELD)).toMatchObject({
    status: 'failed',
    problem: expect.stringContaining('bring a configuration that authorizes first'),
  });
});

const action = (own: object) => (good: Parameters<Spoil>[0]) => ({
  actions: { note_payment: { ...good.actions?.['note_payment'], ...own } as never },
});

/** What is wrong with the adapter, what is replaced, and the check that must say so. */
const BROKEN: readonly (readonly [string, Spoil, string])[] = [
  [
    'charges what it calls authorized',
    (good, books) => ({
      async createPayment(asked) {
        const result = await good.createPayment(asked);
        const payment = find(books, asked.reference);
        if (result.status === 'authorized' && payment) payment.status = 'succeeded';
        return result;
      },
      async retrievePayment({ reference }) {
        const payment = find(books, reference);
        if (!payment) return { status: 'not_found' };
        return { status: 'authorized', processorRef: payment.id, authorized: payment.amount };
      },
    }),
    HELD,
  ],
  [
    'captures again for the same key',
    (good, books) => ({
      async capture(asked) {
        const { reference, amount } = asked;
        const first = find(books, reference)?.status === 'authorized';
        return first ? good.capture(asked) : toResult(charge(books, { reference, amount, paymentMethod: 'tok_ok' }));
      },
    }),
    HELD,
  ],
  [
    'captures half of it',
    (good) => ({
      async capture(asked) {
        const result = await good.capture(asked);
        const { amount, currency } = asked.amount;
        return result.status === 'succeeded' ? { ...result, captured: { amount: amount - 1, currency } } : result;
      },
    }),
    HELD,
  ],
  [
    'says that authorized money is cancelled, and keeps it',
    (good, books) => ({
      cancel: async (asked) =>
        find(books, asked.reference)?.status === 'authorized' ? { status: 'cancelled' } : good.cancel(asked),
    }),
    'lets authorized money go when it is cancelled, for good',
  ],
  [
    'captures what nobody authorized',
    (_, books) => ({
      capture: async ({ reference, amount }) =>
        toResult(find(books, reference) ?? charge(books, { reference, amount, paymentMethod: 'tok_ok' })),
    }),
    'captures nothing that was never authorized',
  ],
  [
    'authorizes without being able to capture',
    (good) => ({
      capture: undefined as never,
      async createPayment(asked) {
        const result = await good.createPayment(asked);
        if (result.status !== 'succeeded') return result;
        return { status: 'authorized', processorRef: result.processorRef, authorized: result.captured };
      },
    }),
    'charges what was asked, once, and says so',
  ],
  [
    'wants pages to load a path',
    (good) => ({ clientConfig: () => ({ ...good.clientConfig(), scriptOrigins: ['https://js.example.com/v3/'] }) }),
    'tells pages what to load as origins, the same each time',
  ],
  [
    'wants pages to load anything',
    (good) => ({ clientConfig: () => ({ ...good.clientConfig(), frameOrigins: ['*'] }) }),
    'tells pages what to load as origins, the same each time',
  ],
  [
    'wants pages to load something else each time',
    (good) => ({
      clientConfig: () => ({ ...good.clientConfig(), connectOrigins: [`https://${crypto.randomUUID()}.example`] }),
    }),
    'tells pages what to load as origins, the same each time',
  ],
  [
    'names an action like a function',
    (good) => ({ actions: { notePayment: good.actions?.['note_payment'] as never } }),
    'describes each of its actions, and their input as an object schema',
  ],
  [
    'leaves an action without a description',
    action({ description: ' ' }),
    'describes each of its actions, and their input as an object schema',
  ],
  [
    'describes the input of an action as a text',
    action({ inputSchema: { type: 'string' } }),
    'describes each of its actions, and their input as an object schema',
  ],
  ['takes anything for an action', action({ input: z.unknown() }), 'refuses input that its actions cannot take'],
];

it.each(BROKEN)('catches a processor adapter that %s', async (_what, spoil, check) => {
  expect(await resultNamed(checksForProcessorAdapter(processorSubject(spoil)), check)).toMatchObject({
    status: 'failed',
  });
});
