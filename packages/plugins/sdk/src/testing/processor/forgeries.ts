import type { CheckFor } from '../check.js';
import { endingOf, endingText, ensure } from '../ensure.js';
import { fixtureOf, genuine, parse } from './posts.js';
import type { Headers, Post } from './posts.js';
import type { ProcessorStage } from './stage.js';

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
export const UNASKED: CheckFor<ProcessorStage> = {
  name: 'refuses a post that nobody signed',
  async run(stage) {
    for (const text of FORGED)
      await ensureRefused(stage, `the unsigned post '${text}'`, { headers: {}, body: new TextEncoder().encode(text) });
  },
};

/** Of every adapter whose processor posts: what is not quite a genuine post. */
export const FORGERIES: readonly CheckFor<ProcessorStage>[] = [
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
];
