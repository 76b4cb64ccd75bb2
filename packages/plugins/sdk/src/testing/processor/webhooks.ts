import type { WebhookResult } from '../../processor-results.js';
import type { CheckFor, NotSupported } from '../check.js';
import { endingOf, endingText, ensure, ensureSame } from '../ensure.js';
import { FORGERIES, UNASKED } from './forgeries.js';
import { fixtureOf, genuine, parse } from './posts.js';
import type { ProcessorStage } from './stage.js';

/** Runs only for processors that post: without, everything that arrives is refused, and a check of its own says so. */
const ifPosted = ({ name, run }: CheckFor<ProcessorStage>): CheckFor<ProcessorStage> => ({
  name,
  async run(stage): Promise<NotSupported | void> {
    if (!(await stage.provider()).capabilities.webhooks) return { declared: 'capabilities.webhooks is false' };
    fixtureOf(stage);
    return run(stage);
  },
});

const idsOf = (result: WebhookResult): readonly string[] => (result.verified ? result.events.map(({ id }) => id) : []);

const MINUTES_MS = 60_000;

const POSTS: readonly CheckFor<ProcessorStage>[] = [
  {
    name: 'reads a genuine webhook: our reference and what was captured',
    async run(stage) {
      const post = await genuine(stage);
      const result = await parse(stage, post);
      ensure(result.verified, `a genuine post is refused: ${result.verified ? '' : result.reason}`);
      const about = result.events.find((event) => event.kind === 'payment');
      ensure(about?.kind === 'payment', 'a genuine post about a payment has no event of the kind payment');
      ensureSame({ what: 'the reference', was: about.reference, expected: post.payment.reference });
      const captured = about.result.status === 'succeeded' ? about.result.captured : about.result.status;
      ensureSame({ what: 'what was captured', was: captured, expected: post.payment.amount });
    },
  },
  ...FORGERIES,
  {
    name: 'gives a webhook that comes again the same event ids',
    async run(stage) {
      const post = await genuine(stage);
      const first = idsOf(await parse(stage, post));
      ensure(first.length > 0, 'a genuine post has no events');
      ensureSame({ what: 'the ids of the same post', was: idsOf(await parse(stage, post)), expected: first });
      const headers = await fixtureOf(stage).sign({ body: post.body, at: new Date(Date.now() - MINUTES_MS) });
      const again = await parse(stage, { body: post.body, headers });
      ensureSame({ what: 'the ids of the same body signed again', was: idsOf(again), expected: first });
    },
  },
  {
    name: 'reads webhooks the same in any order, and all at once',
    async run(stage) {
      const posts = [await genuine(stage), await genuine(stage), await genuine(stage)];
      const inOrder: WebhookResult[] = [];
      for (const post of posts) inOrder.push(await parse(stage, post));
      const ids = inOrder.flatMap(idsOf);
      ensure(new Set(ids).size === ids.length, 'different posts have the same event ids');
      const reversed: WebhookResult[] = [];
      for (const post of posts.toReversed()) reversed.unshift(await parse(stage, post));
      ensureSame({ what: 'the posts in reverse', was: reversed, expected: inOrder });
      const together = await Promise.all(posts.map((post) => parse(stage, post)));
      ensureSame({ what: 'the posts at once', was: together, expected: inOrder });
    },
  },
  {
    name: 'survives any body, also one that is signed',
    async run(stage) {
      for (const text of [
        '',
        '{',
        'null',
        '[]',
        '{}',
        '42',
        '{"id":1,"type":{}}',
        `"${'x'.repeat(2_000_000)}"`,
        '['.repeat(50_000),
      ]) {
        const body = new TextEncoder().encode(text);
        const headers = await fixtureOf(stage).sign({ body });
        const ending = await endingOf('parseWebhook', parse(stage, { body, headers }));
        const told =
          ending.kind === 'answered' &&
          ending.answer.verified &&
          ending.answer.events.some(({ kind }) => kind !== 'ignored');
        ensure(!told, `the body ${text.slice(0, 30)} ${endingText(ending)}`);
      }
    },
  },
];

/** Nothing is believed before the signature fits the bytes. */
export const WEBHOOKS: readonly CheckFor<ProcessorStage>[] = [...POSTS.map(ifPosted), UNASKED];
