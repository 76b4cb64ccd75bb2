import type { ActionRefused, FulfillmentActionDone, PluginHost } from '@payonce/plugin-sdk';
import { refused, zodAction } from '@payonce/plugin-sdk/zod';
import { z } from 'zod';
import { strike } from './open-list.js';
import { changeTask, contentOf } from './task.js';
import type { Change, Task } from './task.js';

const item = z.strictObject({
  label: z.string().min(1).max(200).describe('What it is.'),
  value: z.string().min(1).max(5000).describe('What the buyer reads.'),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .exactOptional()
    .describe('Where it leads.'),
});

/** Less than what an entry of a store takes. */
const MOST_BYTES = 200_000;

const input = z
  .strictObject({
    grant: z
      .string()
      .regex(/^[\x21-\x7e]{1,100}$/, 'is not like entg_…')
      .describe('The grant of the to-do.'),
    items: z.array(item).max(49).default([]).describe('What was delivered: labeled texts and links.'),
    note: z.string().min(1).max(5000).nullable().default(null).describe('A message to the buyer.'),
  })
  .refine(({ items, note }) => items.length > 0 || note !== null, {
    path: ['items'],
    message: 'is empty: give items, a note or both',
  })
  .refine((given) => Buffer.byteLength(JSON.stringify(given)) <= MOST_BYTES, {
    path: ['items'],
    message: 'are more than 200 kB in all',
  });

type Done = NonNullable<Task['done']>;

export const complete = ({ host, now }: { readonly host: PluginHost; now(): Date }) =>
  zodAction({
    description: 'Delivers: the buyer sees the items and the note, and the to-do is done.',
    input,
    async run({ input: { grant, items, note }, ...request }) {
      const store = host.store(request);
      const shown = [...items, ...(note === null ? [] : [{ label: 'Note', value: note }])];
      const done: Done = { key: request.idempotencyKey, at: now().toISOString(), items: shown };
      const { task, answer } = await changeTask({
        store,
        grant,
        change: (standing) => finish({ grant, standing, done }),
      });
      if (task) await strike({ store, grant, task });
      return answer;
    },
  });

interface Finish {
  readonly grant: string;
  readonly standing: Task | undefined;
  readonly done: Done;
}

interface Finished {
  readonly answer: FulfillmentActionDone | ActionRefused;
  /** The task when it is not open any more. */
  readonly task?: Task;
}

/** Completing again with the same key or the same content is once: whoever lost the answer may ask again. */
function finish({ grant, standing, done }: Finish): Change<Finished> {
  if (standing === undefined)
    return { answer: { answer: refused('unknown_grant', `there is no to-do for ${grant}: take it from the list`) } };
  if (standing.state === 'closed')
    return { answer: { answer: refused('grant_ended', `the grant ${grant} has ended: there is nothing to deliver`) } };
  if (standing.done === null) {
    const next: Task = { ...standing, state: 'done', done };
    return { answer: { answer: delivered({ grant, done }), task: next }, next };
  }
  if (standing.done.key === done.key || isSame(standing.done, done))
    return { answer: { answer: delivered({ grant, done: standing.done }), task: standing } };
  return { answer: { answer: refused('already_completed', alreadyText({ grant, done: standing.done })) } };
}

interface OfGrant {
  readonly grant: string;
  readonly done: Done;
}

const isSame = (left: Done, right: Done): boolean => JSON.stringify(left.items) === JSON.stringify(right.items);

const alreadyText = ({ grant, done: { at } }: OfGrant): string =>
  `${grant} was completed at ${at} with something else, which counts; to end it, refund the payment`;

const delivered = ({ grant, done }: OfGrant): FulfillmentActionDone => ({
  outcome: 'done',
  answer: { grant, completed: true, at: done.at },
  delivered: [{ grant, delivered: { outcome: 'delivered', content: contentOf(done) } }],
});
