import { expect, it } from '@jest/globals';
import { RetryableError } from '../../errors.js';
import { resultNamed } from '../specimens/failed-checks.js';
import { SECRETS, charge } from '../specimens/memory-processor.js';
import { eventOf, readPost } from '../specimens/posts.js';
import { processorSubject } from '../specimens/processor-subject.js';
import type { Spoil } from '../specimens/processor-subject.js';
import { toResult } from '../specimens/results.js';
import { checksForProcessorAdapter } from './index.js';

const secretOf = (about: string): string => `${about} with ${SECRETS.apiKey}`;

/** What is wrong with the adapter, what is replaced, and the check that must say so. */
const BROKEN: readonly (readonly [string, Spoil, string])[] = [
  [
    'believes at the live address what test mode posted',
    (good) => ({ parseWebhook: (post) => good.parseWebhook({ ...post, mode: 'test' }) }),
    'refuses a webhook of test mode at the address of live mode',
  ],
  [
    'verifies no signature',
    (_, books) => ({ parseWebhook: async ({ body }) => eventOf(body, books) }),
    'refuses a webhook whose signature is missing or changed',
  ],
  [
    'accepts any secret',
    (_, books) => ({ parseWebhook: async ({ body }) => eventOf(body, books) }),
    'refuses a webhook that is signed with another secret',
  ],
  [
    'checks the signature of the trimmed text instead of the bytes',
    (_, books) => ({
      parseWebhook: (post) => {
        const body = new TextEncoder().encode(new TextDecoder().decode(post.body).trim());
        return readPost({ post: { ...post, body }, books, secret: SECRETS.webhookSecret });
      },
    }),
    'refuses a webhook whose body was changed',
  ],
  [
    'accepts old signatures',
    (_, books) => ({
      parseWebhook: (post) => readPost({ post, books, secret: SECRETS.webhookSecret, tolerance: 3_600 }),
    }),
    'refuses a webhook that was signed ten minutes ago or in ten minutes',
  ],
  [
    'makes up event ids',
    (good) => ({
      async parseWebhook(post) {
        const result = await good.parseWebhook(post);
        return result.verified
          ? { ...result, events: result.events.map((event) => ({ ...event, id: Math.random().toString() })) }
          : result;
      },
    }),
    'gives a webhook that comes again the same event ids',
  ],
  [
    'remembers what it read',
    (good) => {
      const seen = new Set<string>();
      return {
        async parseWebhook(post) {
          const result = await good.parseWebhook(post);
          if (!result.verified) return result;
          const events = result.events.filter(({ id }) => !seen.has(id));
          events.forEach(({ id }) => seen.add(id));
          return { ...result, events };
        },
      };
    },
    'reads webhooks the same in any order, and all at once',
  ],
  [
    'crashes on a body that is no event',
    (good) => ({
      async parseWebhook(post) {
        if (post.body.byteLength < 50) JSON.parse(new TextDecoder().decode(post.body));
        return good.parseWebhook(post);
      },
    }),
    'survives any body, also one that is signed',
  ],
  [
    'crashes on odd texts',
    (good) => ({
      createPayment: (asked) => {
        encodeURIComponent(asked.description);
        return good.createPayment(asked);
      },
    }),
    'survives any text in names, descriptions and reasons',
  ],
  [
    'charges any token',
    (good, books) => ({
      async createPayment(asked) {
        const { paymentMethod } = asked;
        if (paymentMethod === undefined || paymentMethod.startsWith('tok_')) return good.createPayment(asked);
        return toResult(charge(books, { ...asked, paymentMethod: 'tok_ok' }));
      },
    }),
    'survives references and tokens that nobody gave out',
  ],
  [
    'writes into the request',
    (good) => ({
      createPayment: (asked) => {
        Object.assign(asked.amount, { amount: asked.amount.amount });
        return good.createPayment(asked);
      },
    }),
    'leaves the request as it is',
  ],
  [
    'logs its key',
    (good) => ({
      createPayment: (asked) => {
        asked.logger.debug({ headers: { authorization: `Bearer ${SECRETS.apiKey}` } }, 'asking');
        return good.createPayment(asked);
      },
    }),
    'keeps secrets out of its logs, errors and answers',
  ],
  [
    'throws its key in a cause',
    (good) => ({
      createPayment: (asked) =>
        good.createPayment(asked).catch((thrown: unknown) => {
          throw thrown instanceof RetryableError
            ? new RetryableError({ code: 'failed', message: 'failed', cause: new Error(secretOf('POST')) })
            : thrown;
        }),
    }),
    'keeps secrets out of its logs, errors and answers',
  ],
  [
    'logs the buyer',
    (good) => ({
      createPayment: (asked) => {
        asked.logger.info({ customer: asked.customer }, 'charging');
        return good.createPayment(asked);
      },
    }),
    'keeps people out of its logs and errors',
  ],
];

it.each(BROKEN)('catches a processor adapter that %s', async (_what, spoil, check) => {
  expect(await resultNamed(checksForProcessorAdapter(processorSubject(spoil)), check)).toMatchObject({
    status: 'failed',
  });
});
