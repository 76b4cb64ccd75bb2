import { PermanentError, RetryableError } from '@payonce/plugin-sdk';
import type { PluginStore } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { keyEntries } from './key-entries.js';
import type { KeyState, Named } from './key-entries.js';

const pointerRecord = z.object({
  pool: z.string(),
  hash: z.string(),
  /** True for good once the grant ended: it gets no key any more, however late somebody asks. */
  ended: z.boolean().default(false),
});

/** The keys of one shop: in one business, one mode. */
export interface Pool {
  /** False for a key that the pool knows already, whatever became of it. */
  add(pool: string, key: string): Promise<boolean>;
  /** The key of a grant: the same one every time. Undefined when none is left; a PermanentError when the grant has ended. */
  take(pool: string, grant: string): Promise<string | undefined>;
  /** Marks a taken key as sold, so that it stays with its grant. False when it was given back meanwhile: it may be somebody else's. */
  sell(grant: string): Promise<boolean>;
  /** Frees a key that was taken and not sold. */
  giveBack(grant: string): Promise<void>;
  /** Ends a grant: its key is spent when it was sold, and free again when nobody saw it. */
  end(grant: string): Promise<void>;
  count(pool: string): Promise<Record<KeyState, number>>;
}

/** Others may win the same key between our look and our change so often, before this call gives up and is repeated later. */
const MAX_TRIES = 40;

/**
 * Three kinds of entries, changed one at a time: `key/` is the truth about a key, `grant/` says which key a grant is after, `free/` is a list of keys that are probably free.
 * A grant names its key before it takes it, so a crash in between leaves a trace that the repetition follows: no key goes to two grants, and no grant holds two.
 */
export function openPool(store: PluginStore): Pool {
  const keys = keyEntries(store);

  const take: Pool['take'] = async (pool, grant) => {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const pointer = await store.get(pointerKey(grant));
      const named = pointer && pointerRecord.parse(pointer.value);
      if (named?.ended) throw hasEnded(grant);
      if (named) {
        const taken = await keys.claim(named, grant);
        if (taken !== undefined && (await isStillAfter(named.hash, grant))) return taken;
        if (taken !== undefined) await keys.free(named, grant);
      }
      const hash = await keys.anyFree(pool);
      if (hash === undefined) return undefined;
      if (pointer) await store.replace({ ...pointer, value: { pool, hash } });
      else await store.insert(pointerKey(grant), { pool, hash });
    }
    throw new RetryableError({ code: 'pool_busy', message: `many buyers want keys of the pool ${pool} at once` });
  };

  const isStillAfter = async (hash: string, grant: string): Promise<boolean> => {
    const found = await ofGrant(grant);
    return found?.named.hash === hash && !found.named.ended;
  };
  const ofGrant = async (grant: string) => {
    const pointer = await store.get(pointerKey(grant));
    return pointer && { pointer, named: pointerRecord.parse(pointer.value) };
  };

  /** Before its key is let go, so that nobody takes it anew in between. */
  const markEnded = async (grant: string): Promise<Named> => {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const found = await ofGrant(grant);
      if (found?.named.ended) return found.named;
      const value = { ...(found?.named ?? { pool: '', hash: '' }), ended: true };
      const isMarked = found
        ? await store.replace({ ...found.pointer, value })
        : await store.insert(pointerKey(grant), value);
      if (isMarked) return value;
    }
    throw new RetryableError({ code: 'pool_busy', message: `the key of ${grant} changes all the time` });
  };

  return {
    add: keys.add,
    take,
    async sell(grant) {
      const found = await ofGrant(grant);
      return found !== undefined && keys.move(found.named, grant, { from: 'held', to: 'sold' });
    },
    async giveBack(grant) {
      const found = await ofGrant(grant);
      if (found && (await keys.free(found.named, grant)) && !found.named.ended) await store.remove(found.pointer);
    },
    async end(grant) {
      const named = await markEnded(grant);
      await keys.move(named, grant, { from: 'sold', to: 'spent' });
      await keys.free(named, grant);
    },
    count: keys.count,
  };
}

const hasEnded = (grant: string): PermanentError =>
  new PermanentError({ code: 'grant_ended', message: `the grant ${grant} ended: it gets no key any more` });

const pointerKey = (grant: string): string => `grant/${grant}`;
