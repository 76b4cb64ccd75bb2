import { PermanentError, RetryableError } from '@payonce/plugin-sdk';
import type { Delivered, Json, PluginStore, StoredEntry } from '@payonce/plugin-sdk';
import { deliveredOrPending } from '@payonce/plugin-sdk/schemas';
import { z } from 'zod';

const delivered = z.custom<Delivered>((value) => deliveredOrPending.safeParse(value).data?.outcome === 'delivered');

const record = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('open') }),
  z.strictObject({ state: z.literal('done'), key: z.string(), at: z.string(), delivered }),
  z.strictObject({ state: z.literal('ended') }),
]);

/** How a grant stands here: asked for, handed over, ended. */
export type GrantRecord = z.output<typeof record>;
export type DoneRecord = Extract<GrantRecord, { readonly state: 'done' }>;

/** One grant of one shop. */
export interface RecordPlace {
  readonly store: PluginStore;
  readonly grant: string;
}

/** Every lost race means that somebody else's change was stored, so this ends long before. */
const MOST_TRIES = 1_000;

/** Changes a record as it stands at that very moment, and answers it as it is then; undefined leaves it as it is. */
export async function changeRecord({
  store,
  grant,
  change,
}: RecordPlace & { change(standing: GrantRecord | undefined): GrantRecord | undefined }): Promise<
  GrantRecord | undefined
> {
  const key = `grant/${grant}`;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const entry = await store.get(key);
    const standing = entry && recordIn(entry);
    const next = change(standing);
    if (next === undefined) return standing;
    const value = json(next);
    if (await (entry ? store.replace({ ...entry, value }) : store.insert(key, value))) return next;
  }
  throw new RetryableError({ code: 'store_busy', message: 'the grant changes faster than it can be read' });
}

const recordIn = ({ value }: StoredEntry): GrantRecord => record.parse(value);
const json = (value: GrantRecord): Json => z.json().parse(value);

/** Opens the record before anything is asked, so that a completion may come as early as it likes. Answers what was delivered before, if anything was. */
export async function open(place: RecordPlace): Promise<Delivered | undefined> {
  const opened = await changeRecord({
    ...place,
    change: (standing) => (standing === undefined ? { state: 'open' } : undefined),
  });
  return deliveredIn(place, opened);
}

/** Keeps what was delivered; of two deliveries the first one kept counts. One that comes after the end is answered too: the engine takes back what it knows of. */
export async function keep({ done, ...place }: RecordPlace & { readonly done: DoneRecord }): Promise<Delivered> {
  const kept = await changeRecord({ ...place, change: (standing) => (standing?.state === 'open' ? done : undefined) });
  return kept?.state === 'done' ? kept.delivered : done.delivered;
}

/** Nothing is delivered here any more. Repeat-safe. */
export const end = async (place: RecordPlace): Promise<void> =>
  void (await changeRecord({
    ...place,
    change: (standing) => (standing?.state === 'ended' ? undefined : { state: 'ended' }),
  }));

function deliveredIn({ grant }: RecordPlace, standing: GrantRecord | undefined): Delivered | undefined {
  if (standing?.state === 'ended')
    throw new PermanentError({ code: 'grant_ended', message: `the grant ${grant} ended before it was delivered` });
  return standing?.state === 'done' ? standing.delivered : undefined;
}
