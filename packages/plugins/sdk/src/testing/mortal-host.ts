import type { PluginHost, PluginStore } from '../store.js';

/** When a process dies. */
export interface Death {
  /** How many changes of its stores it lives through. */
  readonly changes: number;
  /** Whether the next change is lost with it, or stored although nobody hears of it. */
  readonly dies: 'before' | 'after';
}

/** A host whose process dies once. */
export interface MortalHost extends PluginHost {
  /** Whether it has died: then every call of its stores rejects. */
  isDead(): boolean;
}

/**
 * Puts a death in front of a host, for tests that what breaks off between two changes is put right when the call is repeated: load the plugin with this host, and once more
 * with `host` itself for what happens afterwards. Try every number of changes until the process does not die any more.
 */
export function mortalHost({ host, changes, dies }: Death & { readonly host: PluginHost }): MortalHost {
  let left = changes;
  const alive = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    if (left < 0) throw killed();
    const answer = await work();
    if (left < 0) throw killed();
    return answer;
  };
  const changing = (change: () => Promise<boolean>): Promise<boolean> =>
    alive(async () => {
      left -= 1;
      if (left < 0 && dies === 'before') throw killed();
      return change();
    });
  const mortal = (store: PluginStore): PluginStore => ({
    get: (key) => alive(() => store.get(key)),
    list: (range) => alive(() => store.list(range)),
    insert: (key, value) => changing(() => store.insert(key, value)),
    replace: (entry) => changing(() => store.replace(entry)),
    remove: (entry) => changing(() => store.remove(entry)),
  });
  return { store: (scope) => mortal(host.store(scope)), isDead: () => left < 0 };
}

const killed = (): Error => new Error('the process was killed');
