import { RetryableError } from '@payonce/plugin-sdk';
import type { DeliveredContent, PluginStore, StoredEntry } from '@payonce/plugin-sdk';
import { z } from 'zod';

const item = z.strictObject({ label: z.string(), value: z.string(), url: z.string().exactOptional() });

const task = z.strictObject({
  /** 'closed' when access ended, whether it was delivered or not. */
  state: z.enum(['open', 'done', 'closed']),
  payment: z.string(),
  product: z.string(),
  productName: z.string(),
  unit: z.int(),
  createdAt: z.string(),
  dueAt: z.string().nullable(),
  /** There once it is done. */
  done: z.strictObject({ key: z.string(), at: z.string(), items: z.array(item) }).nullable(),
});

/** What is to be done for one grant. Says nothing about people: who has which payment stands in the engine's records, where it can be erased. */
export type Task = z.output<typeof task>;

/** One grant's task. */
export interface TaskPlace {
  readonly store: PluginStore;
  readonly grant: string;
}

const taskKey = (grant: string): string => `task/${grant}`;
const taskIn = ({ value }: StoredEntry): Task => task.parse(value);

export async function findTask({ store, grant }: TaskPlace): Promise<Task | undefined> {
  const entry = await store.get(taskKey(grant));
  return entry && taskIn(entry);
}

/** What comes out of looking at a task: an answer, and the changed task when it changes. */
export interface Change<Answer> {
  readonly answer: Answer;
  readonly next?: Task;
}

/** Every lost race means that somebody else's change was stored, so this ends long before. */
const MOST_TRIES = 1_000;

/** Changes a task as it stands at that very moment: of many callers at once each sees what the ones before it stored. */
export async function changeTask<Answer>({
  store,
  grant,
  change,
}: TaskPlace & { change(task: Task | undefined): Change<Answer> }): Promise<Answer> {
  const key = taskKey(grant);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const entry = await store.get(key);
    const { answer, next } = change(entry && taskIn(entry));
    if (next === undefined) return answer;
    const isStored = await (entry ? store.replace({ ...entry, value: next }) : store.insert(key, next));
    if (isStored) return answer;
  }
  throw new RetryableError({ code: 'store_busy', message: 'the to-do changes faster than it can be read' });
}

/** What the buyer of a task that is done sees. */
export const contentOf = ({ items }: Pick<NonNullable<Task['done']>, 'items'>): DeliveredContent => ({
  kind: 'content',
  items,
});
