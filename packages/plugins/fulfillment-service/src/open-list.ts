import type { PluginStore } from '@payonce/plugin-sdk';
import { findTask } from './task.js';
import type { Task } from './task.js';

/*
 * A task is one entry; the list of open ones is a second entry per task, whose key begins with the due date, so that a store lists what is overdue first. The task is the
 * truth: it is written before its place in the list and decides whether a place that was found still counts, so a crash between the two can do no more than leave a place
 * that the next listing removes.
 */

const PREFIX = 'open/';
/** Sorts after every date. */
const NO_DATE = 'later';

const placeOf = ({ grant, dueAt }: { readonly grant: string; readonly dueAt: string | null }): string =>
  `${dueAt ?? NO_DATE}/${grant}`;

interface Listed {
  readonly store: PluginStore;
  readonly grant: string;
  readonly task: Pick<Task, 'dueAt'>;
}

/** Puts a task on the list. Repeat-safe. */
export const enlist = async ({ store, grant, task: { dueAt } }: Listed): Promise<void> =>
  void (await store.insert(`${PREFIX}${placeOf({ grant, dueAt })}`, { grant }));

/** Takes a task off the list. Repeat-safe. */
export async function strike({ store, grant, task: { dueAt } }: Listed): Promise<void> {
  const entry = await store.get(`${PREFIX}${placeOf({ grant, dueAt })}`);
  if (entry) await store.remove(entry);
}

/** A page of the list, and where the next one begins. */
export interface OpenPage {
  readonly items: readonly { readonly grant: string; readonly task: Task }[];
  readonly next: string | null;
}

/** Lists open tasks by due date, those without one last. */
export async function listOpen({
  store,
  after,
  limit,
}: {
  readonly store: PluginStore;
  readonly after: string | null;
  readonly limit: number;
}): Promise<OpenPage> {
  const from = after === null ? {} : { after: `${PREFIX}${after}` };
  const entries = await store.list({ prefix: PREFIX, limit, ...from });
  const found = await Promise.all(
    entries.map(async ({ key }) => {
      const grant = key.slice(key.lastIndexOf('/') + 1);
      const task = await findTask({ store, grant });
      if (task?.state === 'open') return [{ grant, task }];
      if (task) await strike({ store, grant, task });
      return [];
    }),
  );
  const last = entries.length < limit ? undefined : entries.at(-1);
  return { items: found.flat(), next: last === undefined ? null : last.key.slice(PREFIX.length) };
}
