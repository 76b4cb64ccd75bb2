import type { Json } from '../json.js';
import type { PluginHost, PluginStore, StoredEntry } from '../store.js';

const KEY = /^[\x21-\x7e]{1,200}$/;
const MAX_BYTES = 256 * 1024;

/** A host whose store lives in memory and otherwise keeps every promise of the real one: for tests of plugins. */
export function memoryHost(): PluginHost {
  const stores = new Map<string, PluginStore>();
  return {
    store({ business, mode }) {
      const name = JSON.stringify([business, mode]);
      const store = stores.get(name) ?? memoryStore();
      stores.set(name, store);
      return store;
    },
  };
}

interface Kept {
  readonly text: string;
  readonly revision: number;
}

function memoryStore(): PluginStore {
  const kept = new Map<string, Kept>();
  let changes = 0;
  const isSame = ({ key, revision }: Pick<StoredEntry, 'key' | 'revision'>): boolean =>
    kept.get(checked(key))?.revision === revision;
  return {
    async get(key) {
      const found = kept.get(checked(key));
      return found && { key, value: JSON.parse(found.text), revision: found.revision };
    },
    async insert(key, value) {
      const text = written(value);
      if (kept.has(checked(key))) return false;
      kept.set(key, { text, revision: (changes += 1) });
      return true;
    },
    async replace({ key, value, revision }) {
      const text = written(value);
      if (!isSame({ key, revision })) return false;
      kept.set(key, { text, revision: (changes += 1) });
      return true;
    },
    async remove(entry) {
      return isSame(entry) && kept.delete(entry.key);
    },
    async list({ prefix, after = '', limit = 100 }) {
      if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
        throw new TypeError('the limit of a range is 1 to 1000 entries');
      return [...kept]
        .filter(([key]) => key.startsWith(prefix) && key > after)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .slice(0, limit)
        .map(([key, { text, revision }]) => ({ key, value: JSON.parse(text), revision }));
    },
  };
}

function checked(key: string): string {
  if (KEY.test(key)) return key;
  throw new TypeError('a key of a plugin store is 1 to 200 printable ASCII characters');
}

function written(value: Json): string {
  const text = JSON.stringify(value);
  if (text !== undefined && new TextEncoder().encode(text).length <= MAX_BYTES) return text;
  throw new TypeError('a value of a plugin store is at most 256 KiB of JSON');
}
