import { expect, it } from '@jest/globals';
import { failed, resultNamed, resultsOf } from '../specimens/failed-checks.js';
import { limitedSubject, placesOf } from '../specimens/limited-subject.js';
import type { SpoilHall } from '../specimens/limited-subject.js';
import { seatOf } from '../specimens/fulfillment-subject.js';
import { checksForFulfillmentProvider } from './index.js';

it('passes a good provider of goods that can run out, every check of it', async () => {
  const results = await resultsOf(checksForFulfillmentProvider(limitedSubject()));
  expect(failed(results)).toEqual([]);
  const declared = results.flatMap((result) => (result.status === 'not_supported' ? [result.declared] : []));
  expect(new Set(declared)).toEqual(new Set(["reach is 'own_stores'"]));
});

it('stocks units by a function of the subject, and tells free from spent ones', async () => {
  const { limited: _, ...subject } = limitedSubject((good, hall) => ({
    revoke: async ({ grant }) => {
      placesOf(hall, grant).delete(grant.id);
      placesOf(hall, grant).add(`spent ${grant.id}`);
    },
    release: async (asked) => good.release(asked),
  }));
  const check = 'frees or spends a unit that is revoked, once';
  const names: string[] = [];
  const settings = ({ name }: { readonly name: string }) => {
    names.push(name);
    return { places: 2 };
  };
  const run = (afterRevocation: 'free' | 'spent') =>
    resultNamed(
      checksForFulfillmentProvider({ ...subject, limited: { capacity: 2, settings, afterRevocation } }),
      check,
    );
  expect(await run('spent')).toMatchObject({ status: 'passed' });
  expect(await run('free')).toMatchObject({ status: 'failed' });
  expect(names).toEqual([expect.stringMatching(/^stock-/), expect.stringMatching(/^stock-/)]);
});

it.each([
  ['limited', 'sets a unit aside once, however often it is asked to', 'say what can run out (limited)'],
  ['actions', 'does once what an action is asked, however often the same request comes', 'is tried (actions)'],
] as const)('asks for %s where they are needed', async (option, check, words) => {
  const { [option]: _, ...subject } = limitedSubject();
  const result = await resultNamed(checksForFulfillmentProvider(subject), check);
  expect(result).toMatchObject({ status: 'failed', problem: expect.stringContaining(words) });
});

const later = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 1);
  });

const BROKEN: readonly (readonly [string, SpoilHall, string])[] = [
  [
    'describes itself in no words',
    () => ({ describe: () => ({ summary: '', settings: { type: 'object' } }) }),
    'describes what a buyer gets, and its settings as an object schema',
  ],
  [
    'describes its settings as a list',
    () => ({ describe: () => ({ summary: 'Places.', settings: { type: 'array' } }) }),
    'describes what a buyer gets, and its settings as an object schema',
  ],
  [
    'describes itself differently every time',
    () => {
      let times = 0;
      return { describe: () => ({ summary: `Place ${(times += 1)}`, settings: { type: 'object' } }) };
    },
    'describes what a buyer gets, and its settings as an object schema',
  ],
  [
    'sets another unit aside for the same grant',
    (good, hall) => ({
      reserve: async (asked) => {
        if (placesOf(hall, asked.grant).has(asked.grant.id))
          placesOf(hall, asked.grant).add(`again ${asked.idempotencyKey}`);
        return good.reserve(asked);
      },
    }),
    'sets a unit aside once, however often it is asked to',
  ],
  [
    'answers something else than an outcome',
    () => ({ reserve: async () => ({ outcome: 'reserved', seat: 7 }) as never }),
    'sets a unit aside once, however often it is asked to',
  ],
  ['keeps what is released', () => ({ release: async () => {} }), 'frees a unit that is released, once, and only that'],
  [
    'frees any unit for any release',
    (_good, hall) => ({
      release: async ({ grant }) => {
        const [first] = placesOf(hall, grant);
        if (first !== undefined) placesOf(hall, grant).delete(first);
      },
    }),
    'frees a unit that is released, once, and only that',
  ],
  [
    'counts first and takes later',
    (good, hall) => ({
      reserve: async (asked) => {
        const isFull = placesOf(hall, asked.grant).size >= 3;
        await later();
        if (isFull) return good.reserve(asked);
        placesOf(hall, asked.grant).add(asked.grant.id);
        return { outcome: 'reserved' };
      },
    }),
    'sets aside no more than there is, however many ask at once',
  ],
  [
    'takes another unit to hand over',
    (_good, hall) => ({
      fulfill: async ({ grant }) => {
        placesOf(hall, grant).add(`sold ${grant.id}`);
        return seatOf(grant.id);
      },
    }),
    'hands over the unit that was set aside, and takes no other',
  ],
  [
    'hands over what it does not have',
    () => ({ fulfill: async ({ grant }) => seatOf(grant.id) }),
    'hands over no more than there is, also to a grant that set nothing aside',
  ],
  ['keeps what is revoked', () => ({ revoke: async () => {} }), 'frees or spends a unit that is revoked, once'],
  [
    'frees a unit for every revocation',
    (good, hall) => ({
      revoke: async (asked) => {
        const places = placesOf(hall, asked.grant);
        const [other] = places;
        if (!places.has(asked.grant.id) && other !== undefined) places.delete(other);
        await good.revoke(asked);
      },
    }),
    'frees or spends a unit that is revoked, once',
  ],
  [
    'has an action without a word about it',
    ({ actions }) => ({ actions: { come_in: { ...actions.come_in, description: ' ' } } }),
    'describes each of its actions, and their input as an object schema',
  ],
  [
    'describes the input of an action as a text',
    ({ actions }) => ({ actions: { come_in: { ...actions.come_in, inputSchema: { type: 'string' } } } }),
    'describes each of its actions, and their input as an object schema',
  ],
  [
    'takes any input of an action',
    ({ actions }) => ({
      actions: {
        come_in: {
          ...actions.come_in,
          input: { '~standard': { version: 1, vendor: 'specimen', validate: (value) => ({ value: value as never }) } },
        },
      },
    }),
    'refuses input that its actions cannot take',
  ],
  [
    'acts again when the same request comes again',
    ({ actions }, { cameIn }) => ({
      actions: {
        come_in: {
          ...actions.come_in,
          async run(request) {
            const result = await actions.come_in.run(request);
            cameIn.push(...cameIn.slice(-1));
            return result;
          },
        },
      },
    }),
    'does once what an action is asked, however often the same request comes',
  ],
  [
    'refuses the repetition of a request',
    ({ actions }) => ({
      actions: {
        come_in: {
          ...actions.come_in,
          run: (asked) => actions.come_in.run({ ...asked, idempotencyKey: `${Math.random()}` }),
        },
      },
    }),
    'does once what an action is asked, however often the same request comes',
  ],
  [
    'answers an action with a text',
    ({ actions }) => ({ actions: { come_in: { ...actions.come_in, run: async () => 'welcome' as never } } }),
    'does once what an action is asked, however often the same request comes',
  ],
];

it.each(BROKEN)('catches a provider that %s', async (_what, spoil, check) => {
  expect(await resultNamed(checksForFulfillmentProvider(limitedSubject(spoil)), check)).toMatchObject({
    status: 'failed',
  });
});
