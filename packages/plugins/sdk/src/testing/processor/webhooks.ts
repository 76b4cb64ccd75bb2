import type { Call } from '../../call.js';
import type { ParseWebhook } from '../../processor.js';
import type { WebhookResult } from '../../processor-results.js';
import type { CheckFor, NotSupported } from '../check.js';
import { endingOf, endingText, ensure, ensureSame } from '../ensure.js';
import { paid } from './stage.js';
import type { Paid, ProcessorStage } from './stage.js';
import type { WebhookFixture } from './subject.js';

type Headers = Readonly<Record<string, string>>;

/** A post of the processor. */
interface Post {
  readonly headers: Headers;
  readonly body: Uint8Array;
}

const parse = async (
  stage: ProcessorStage,
  { headers, body }: Post,
  own: Partial<Call> = {},
): Promise<WebhookResult> => {
  const request: ParseWebhook = stage.call({ headers, body, query: {} }, own);
  return (await stage.provider()).parseWebhook(request);
};

/** A genuine post about a payment that was just made. */
async function genuine(stage: ProcessorStage): Promise<Post & { readonly payment: Paid }> {
  const payment = await paid(stage);
  const webhooks = fixtureOf(stage);
  const body = await webhooks.bodyOf(payment.reference);
  return { payment, body, headers: await webhooks.sign({ body }) };
}

function fixtureOf({ subject }: ProcessorStage): WebhookFixture {
  ensure(
    subject.webhooks !== undefined,
    'it declares capabilities.webhooks: bring what its processor posts (webhooks)',
  );
  return subject.webhooks;
}

/** Runs only for processors that post: without, everything that arrives is refused, and a check of its own says so. */
const ifPosted = ({ name, run }: CheckFor<ProcessorStage>): CheckFor<ProcessorStage> => ({
  name,
  async run(stage): Promise<NotSupported | void> {
    if (!(await stage.provider()).capabilities.webhooks) return { declared: 'capabilities.webhooks is false' };
    fixtureOf(stage);
    return run(stage);
  },
});

async function ensureRefused(stage: ProcessorStage, what: string, post: Post): Promise<void> {
  const ending = await endingOf('parseWebhook', parse(stage, post));
  const refused = ending.kind === 'permanent' || (ending.kind === 'answered' && !ending.answer.verified);
  ensure(refused, `${what} ${endingText(ending)}`);
}

/** Every way to spoil the signature header. */
function spoiled({ headers }: Post, name: string): readonly (readonly [string, Headers])[] {
  const { [name]: value = '', ...others } = headers;
  const flipped = (at: number) => `${value.slice(0, at)}${value[at] === '0' ? '1' : '0'}${value.slice(at + 1)}`;
  return [
    ['a post without a signature', others],
    ['a post with an empty signature', { ...headers, [name]: '' }],
    ['a post with a signature that ends differently', { ...headers, [name]: flipped(value.length - 1) }],
    ['a post with a signature that was changed in the middle', { ...headers, [name]: flipped(value.length - 20) }],
    ['a post with half a signature', { ...headers, [name]: value.slice(0, value.length - 8) }],
    ['a post with nonsense for a signature', { ...headers, [name]: 'x'.repeat(10_000) }],
  ];
}

const idsOf = (result: WebhookResult): readonly string[] => (result.verified ? result.events.map(({ id }) => id) : []);

const MINUTES_MS = 60_000;
const TAMPERED_BODIES: readonly (readonly [string, (body: Uint8Array) => Uint8Array])[] = [
  ['a body with a space more', (body) => Uint8Array.from([...body, 32])],
  ['a body with a byte less', (body) => body.slice(0, -1)],
  [
    'a body with one digit changed',
    (body) => body.map((byte, at) => (at === firstDigit(body) ? 48 + ((byte - 47) % 10) : byte)),
  ],
  ['an empty body', () => new Uint8Array()],
];
const firstDigit = (body: Uint8Array): number => body.findIndex((byte) => byte >= 48 && byte <= 57);

const FORGED: readonly string[] = [
  '',
  '{}',
  '{"id":"evt_1","type":"payment.succeeded","data":{"payment":{"status":"succeeded"}}}',
];

/** Of every adapter, also of those whose processor posts nothing. */
const UNASKED: CheckFor<ProcessorStage> = {
  name: 'refuses a post that nobody signed',
  async run(stage) {
    for (const text of FORGED)
      await ensureRefused(stage, `the unsigned post '${text}'`, { headers: {}, body: new TextEncoder().encode(text) });
  },
};

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
  {
    name: 'refuses a webhook whose body was changed',
    async run(stage) {
      const post = await genuine(stage);
      for (const [what, change] of TAMPERED_BODIES)
        await ensureRefused(stage, `a post with ${what}`, { ...post, body: change(post.body) });
    },
  },
  {
    name: 'refuses a webhook whose signature is missing or changed',
    async run(stage) {
      const post = await genuine(stage);
      const { signatureHeader } = fixtureOf(stage);
      ensure(signatureHeader in post.headers, `a genuine post has no header '${signatureHeader}' (signatureHeader)`);
      for (const [what, headers] of spoiled(post, signatureHeader))
        await ensureRefused(stage, what, { ...post, headers });
    },
  },
  {
    name: 'refuses a webhook that is signed with another secret',
    async run(stage) {
      const { body } = await genuine(stage);
      const webhooks = fixtureOf(stage);
      const headers = await webhooks.sign({ body, secret: webhooks.otherSecret });
      await ensureRefused(stage, 'a post signed with another secret', { body, headers });
    },
  },
  {
    name: 'refuses a webhook that was signed ten minutes ago or in ten minutes',
    async run(stage) {
      const { body } = await genuine(stage);
      for (const minutes of [-10, 10]) {
        const headers = await fixtureOf(stage).sign({ body, at: new Date(Date.now() + minutes * MINUTES_MS) });
        await ensureRefused(stage, `a post signed at ${minutes} minutes from now`, { body, headers });
      }
    },
  },
  {
    name: 'refuses a webhook of test mode at the address of live mode',
    async run(stage) {
      const ending = await endingOf('parseWebhook', parse(stage, await genuine(stage), { mode: 'live' }));
      const refused = ending.kind === 'permanent' || (ending.kind === 'answered' && !ending.answer.verified);
      ensure(refused, `a post of test mode at the address of live mode ${endingText(ending)}`);
    },
  },
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
