import { createHash } from 'node:crypto';
import { RetryableError } from '@payonce/plugin-sdk';
import type { PluginStore } from '@payonce/plugin-sdk';
import { z } from 'zod';

const keyRecord = z.object({
  key: z.string(),
  state: z.enum(['free', 'held', 'sold', 'spent']),
  /** Whose it is, unless it is free. */
  grant: z.string().nullable(),
});
type KeyRecord = z.infer<typeof keyRecord>;

/** How a key stands: free; held for a buyer who pays; sold; spent, since it was sold and taken back: nobody gets it again. */
export type KeyState = KeyRecord['state'];

/** Which key of which pool. */
export interface Named {
  readonly pool: string;
  readonly hash: string;
}

/** Changes of single keys. */
export interface KeyEntries {
  add(pool: string, key: string): Promise<boolean>;
  /** The key, when the grant has it now. */
  claim(named: Named, grant: string): Promise<string | undefined>;
  /** Frees a held key; true when the grant does not have it any more. */
  free(named: Named, grant: string): Promise<boolean>;
  /** True when the grant has it, in that state, whether it was moved now or before. */
  move(named: Named, grant: string, states: { readonly from: KeyState; readonly to: KeyState }): Promise<boolean>;
  /** The hash of a key that was free just now, from a random place, so that buyers at the same time reach for different ones; undefined when none is left. */
  anyFree(pool: string): Promise<string | undefined>;
  count(pool: string): Promise<Record<KeyState, number>>;
}

/** Others may win the same key between our look and our change so often, before the call gives up and is repeated later. */
const MAX_TRIES = 40;
const PAGE = 20;

const hashOf = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 32);

/** The keys themselves and the list of free ones. */
export function keyEntries(store: PluginStore): KeyEntries {
  const nameOf = ({ pool, hash }: Named): string => `key/${pool}/${hash}`;
  const listName = ({ pool, hash }: Named): string => `free/${pool}/${hash}`;

  const read = async (named: Named) => {
    const entry = await store.get(nameOf(named));
    return entry && { entry, record: keyRecord.parse(entry.value) };
  };
  /** Changes the entry that is there into another, as long as it lets us; answers how it stands then. */
  const change = async (named: Named, next: (record: KeyRecord) => KeyRecord | undefined) => {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const found = await read(named);
      const changed = found && next(found.record);
      if (!found || changed === undefined) return found?.record;
      if (await store.replace({ ...found.entry, value: changed })) return changed;
    }
    throw new RetryableError({ code: 'pool_busy', message: `a key of the pool ${named.pool} changes all the time` });
  };
  /** A new revision also when it is listed: whoever is about to take a stale entry off the list must fail. */
  const putOnList = async (named: Named): Promise<void> => {
    if (await store.insert(listName(named), null)) return;
    const listed = await store.get(listName(named));
    if (!listed || !(await store.replace(listed))) await putOnList(named);
  };
  const takeOffList = async (named: Named): Promise<void> => {
    const listed = await store.get(listName(named));
    if (listed && (await read(named))?.record.state !== 'free') await store.remove(listed);
  };

  const anyFree = async (pool: string): Promise<string | undefined> => {
    const prefix = `free/${pool}/`;
    const start = `${prefix}${hashOf(String(Math.random()))}`;
    const listed = await store.list({ prefix, after: start, limit: PAGE });
    const all = listed.length > 0 ? listed : await store.list({ prefix, limit: PAGE });
    for (const { key } of all) {
      const named = { pool, hash: key.slice(prefix.length) };
      if ((await read(named))?.record.state === 'free') return named.hash;
      await takeOffList(named);
    }
    return all.length === 0 ? undefined : anyFree(pool);
  };

  return {
    async add(pool, key) {
      const named = { pool, hash: hashOf(key) };
      const added = await store.insert(nameOf(named), { key, state: 'free', grant: null });
      if (added || (await read(named))?.record.state === 'free') await putOnList(named);
      return added;
    },
    async claim(named, grant) {
      const record = await change(named, (old) =>
        old.state === 'free' ? { ...old, state: 'held', grant } : undefined,
      );
      await takeOffList(named);
      return record?.grant === grant ? record.key : undefined;
    },
    async free(named, grant) {
      const record = await change(named, (old) =>
        old.state === 'held' && old.grant === grant ? { ...old, state: 'free', grant: null } : undefined,
      );
      if (record?.state === 'free') await putOnList(named);
      return record?.grant !== grant;
    },
    async move(named, grant, { from, to }) {
      const record = await change(named, (old) =>
        old.grant === grant && old.state === from ? { ...old, state: to } : undefined,
      );
      return record?.grant === grant && record.state === to;
    },
    anyFree,
    async count(pool) {
      const counts = { free: 0, held: 0, sold: 0, spent: 0 };
      const prefix = `key/${pool}/`;
      let after = '';
      for (;;) {
        const page = await store.list({ prefix, limit: 1000, ...(after !== '' && { after }) });
        for (const { value } of page) counts[keyRecord.parse(value).state] += 1;
        const last = page.at(-1);
        if (last === undefined || page.length < 1000) return counts;
        after = last.key;
      }
    },
  };
}
