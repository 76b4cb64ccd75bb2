import { expect, it } from '@jest/globals';
import { RetryableError } from '../../errors.js';
import { failed, resultNamed, resultsOf } from '../specimens/failed-checks.js';
import { SEAT_SECRET, fulfillmentSubject, seatOf } from '../specimens/fulfillment-subject.js';
import type { SpoilSeats } from '../specimens/fulfillment-subject.js';
import { checksForFulfillmentProvider } from './index.js';

it('passes a good fulfillment provider, every check of it', async () => {
  const results = await resultsOf(checksForFulfillmentProvider(fulfillmentSubject()));
  expect(failed(results)).toEqual([]);
  const declared = results.flatMap((result) => (result.status === 'not_supported' ? [result.declared] : []));
  expect(new Set(declared)).toEqual(new Set(['it has no reserve', 'it has no actions', "reach is 'outside'"]));
});

it("asks what happened outside of every provider whose reach is 'outside'", async () => {
  const { outside: _, ...subject } = fulfillmentSubject();
  const results = await resultsOf(checksForFulfillmentProvider(subject));
  expect(failed(results).join()).toContain('say what happened there (outside)');
});

const BROKEN: readonly (readonly [string, SpoilSeats, string])[] = [
  ['has no revoke', () => ({ revoke: undefined as never }), 'registers one provider, under its id and with every verb'],
  [
    'takes any settings',
    () => ({
      settings: { '~standard': { version: 1, vendor: 'specimen', validate: (value) => ({ value: value as never }) } },
    }),
    'refuses settings that it cannot deliver by',
  ],
  [
    'refuses its own settings',
    () => ({
      settings: { '~standard': { version: 1, vendor: 'specimen', validate: () => ({ issues: [{ message: 'no' }] }) } },
    }),
    'takes the settings that its products have',
  ],
  [
    'answers an address for a text',
    (good) => ({ fulfill: async (asked) => ({ ...(await good.fulfill(asked)), url: 'https://courses.example' }) }),
    'delivers, or says what is awaited, for each of its settings',
  ],
  [
    'gives every unit the same key',
    (good) => ({
      async fulfill(asked) {
        await good.fulfill(asked);
        return seatOf('same');
      },
    }),
    'gives every unit a key of its own',
  ],
  [
    'delivers again for the same grant',
    (good, { made }) => ({
      fulfill: (asked) => {
        if (made.includes(asked.grant.id)) made.push(asked.grant.id);
        return good.fulfill(asked);
      },
    }),
    'delivers once when the same grant comes again',
  ],
  [
    'delivers twice when the same grant comes at once',
    (good, { made }) => ({
      async fulfill(asked) {
        const isNew = !made.includes(asked.grant.id);
        await new Promise((resolve) => {
          setTimeout(resolve, 1);
        });
        if (isNew && made.includes(asked.grant.id)) made.push(asked.grant.id);
        return good.fulfill(asked);
      },
    }),
    'delivers once when the same grant comes twenty times at once',
  ],
  [
    'delivers the last of grants that come at once',
    (good) => {
      const last: { grant?: Parameters<typeof good.fulfill>[0]['grant'] } = {};
      return {
        async fulfill(asked) {
          last.grant = asked.grant;
          await Promise.resolve();
          return good.fulfill({ ...asked, grant: last.grant });
        },
      };
    },
    'delivers each of twenty grants that come at once',
  ],
  [
    'delivers once more after a lost answer',
    (good, { made }) => ({
      fulfill: (asked) =>
        good.fulfill(asked).catch((thrown: unknown) => {
          made.push(asked.grant.id);
          throw thrown;
        }),
    }),
    'delivers once although the first answer was lost',
  ],
  ['keeps access open', () => ({ revoke: async () => {} }), 'ends access when it is revoked'],
  [
    'complains about a second revocation',
    (good, { closed }) => ({
      revoke: async (asked) => {
        if (closed.has(asked.grant.id)) throw new RetryableError({ code: 'closed', message: 'there is no such seat' });
        await good.revoke(asked);
      },
    }),
    'takes a second revocation for the first',
  ],
  [
    'needs a delivery to revoke',
    (good) => ({
      revoke: async (asked) => {
        if (asked.delivered?.content.kind !== 'license_key') throw new TypeError('delivered is undefined');
        await good.revoke(asked);
      },
    }),
    'revokes what was never delivered without a complaint',
  ],
  [
    'forgets a revocation whose answer was lost',
    (good, seats) => ({
      revoke: async (asked) => {
        if (seats.fault === undefined && !seats.closed.has(`lost ${asked.grant.id}`)) return good.revoke(asked);
        seats.closed.add(`lost ${asked.grant.id}`);
        seats.fault = undefined;
        return undefined;
      },
    }),
    'revokes although the first answer was lost',
  ],
  [
    'delivers under an aborted signal',
    (good) => ({ fulfill: (asked) => good.fulfill({ ...asked, signal: new AbortController().signal }) }),
    'delivers nothing when the signal was aborted before the call',
  ],
  [
    'does not listen to the signal',
    (good) => ({ fulfill: (asked) => good.fulfill({ ...asked, signal: new AbortController().signal }) }),
    'ends within the deadline when the signal is aborted during the call, and leaves nothing running',
  ],
  [
    'crashes on settings that are none of its own',
    (good) => ({
      fulfill: async (asked) => {
        if (!JSON.stringify(asked.grant.settings).includes('course'))
          throw new TypeError('settings.course is undefined');
        return good.fulfill(asked);
      },
    }),
    'fails for good, with a PermanentError, when the settings are none of its own',
  ],
  [
    'crashes on odd names',
    (good) => ({
      fulfill: async (asked) => {
        encodeURIComponent(asked.grant.customer.name);
        return good.fulfill(asked);
      },
    }),
    'survives any text in names and addresses',
  ],
  [
    'calls out although it says that it does not',
    () => ({
      reach: 'own_stores',
      describe: () => ({ summary: 'Goods for tests.', settings: { type: 'object' } }),
      fulfill: async ({ grant }) => {
        await fetch('data:text/plain,hello');
        return seatOf(grant.id);
      },
    }),
    "calls nobody when its reach is 'own_stores'",
  ],
  [
    'writes into the grant',
    (good) => ({
      fulfill: async (asked) => {
        Object.assign(asked.grant.customer, { name: 'Somebody' });
        return good.fulfill(asked);
      },
    }),
    'leaves the request as it is',
  ],
  [
    'throws its key',
    (good) => ({
      revoke: async (asked) => {
        await good.revoke(asked);
        throw new RetryableError({ code: 'failed', message: `the key ${SEAT_SECRET} was refused` });
      },
    }),
    'keeps secrets out of its logs, errors and answers',
  ],
  [
    'logs the buyer',
    (good) => ({
      fulfill: (asked) => {
        asked.logger.info({ to: asked.grant.customer.email }, 'delivering');
        return good.fulfill(asked);
      },
    }),
    'keeps people out of its logs and errors',
  ],
];

it.each(BROKEN)('catches a fulfillment provider that %s', async (_what, spoil, check) => {
  expect(await resultNamed(checksForFulfillmentProvider(fulfillmentSubject(spoil)), check)).toMatchObject({
    status: 'failed',
  });
});
