import { RetryableError } from '@payonce/plugin-sdk';
import type { Json, PluginHost, PluginStore, StoredEntry } from '@payonce/plugin-sdk';
import type { Scope } from '../domain/scope.js';
import type { PluginDocument, PluginDocumentStore, PluginShelf } from '../ports/plugin-document-store.js';
import { wordsOf } from './words.js';

/** What each plugin gets of the installation, by its name. */
export type HostOf = (plugin: string) => PluginHost;

const KEY = /^[\x21-\x7e]{1,200}$/;
const MAX_BYTES = 256 * 1024;

/** Hosts whose stores last: a plugin reaches what was stored under its own name, and nothing else. */
export const pluginHosts =
  (documents: PluginDocumentStore): HostOf =>
  (plugin) => ({
    store: ({ business, mode }) => storeOf({ documents, shelf: { plugin, ...checkedScope({ business, mode }) } }),
  });

/** Hosts without stores, for whoever loads plugins and calls none: using a store rejects and says why there is none. */
export const hostsWithoutStores =
  (why: string): HostOf =>
  (plugin) => ({
    store() {
      const refuse = (): Promise<never> => Promise.reject(new TypeError(`plugin ${plugin} has no store here: ${why}`));
      return { get: refuse, insert: refuse, replace: refuse, remove: refuse, list: refuse };
    },
  });

function storeOf({ documents, shelf }: { documents: PluginDocumentStore; shelf: PluginShelf }): PluginStore {
  const asked = <Answer>(ask: () => Promise<Answer>): Promise<Answer> => reachable(shelf, ask);
  return {
    get: (key) =>
      asked(async () => {
        const found = await documents.find({ ...shelf, key: checkedKey(key) });
        return found && toEntry(found);
      }),
    insert: (key, value) => asked(() => documents.insert({ ...shelf, key: checkedKey(key), value: written(value) })),
    replace: ({ key, value, revision }) =>
      asked(() => documents.replace({ ...shelf, key: checkedKey(key), value: written(value), revision })),
    remove: ({ key, revision }) => asked(() => documents.remove({ ...shelf, key: checkedKey(key), revision })),
    list: ({ prefix, after = '', limit = 100 }) =>
      asked(async () => {
        if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
          throw new TypeError('the limit of a range is 1 to 1000 entries');
        const found = await documents.list({ ...shelf, prefix: checkedText(prefix), after: checkedText(after), limit });
        return found.map(toEntry);
      }),
  };
}

/** Starts what it is given inside the promise, so that a refusal rejects and never throws. */
async function reachable<Answer>({ plugin }: PluginShelf, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof TypeError) throw cause;
    const message = `the store of plugin ${plugin} did not answer: ${wordsOf(cause)}`;
    throw new RetryableError({ code: 'plugin_store_unavailable', message, cause });
  }
}

const toEntry = ({ key, value, revision }: PluginDocument): StoredEntry => ({ key, value: parsed(value), revision });

const parsed = (value: string): Json => JSON.parse(value) as Json;

function checkedScope({ business, mode }: { business: string; mode: Scope['mode'] }): Scope {
  if (typeof business !== 'string' || !isBusiness(business) || (mode !== 'test' && mode !== 'live'))
    throw new TypeError("a plugin store is of one business ('bus_…') and one mode ('test' or 'live')");
  return { business, mode };
}

const isBusiness = (business: string): business is Scope['business'] => business.startsWith('bus_');

function checkedKey(key: string): string {
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw new TypeError('a key of a plugin store is 1 to 200 printable ASCII characters');
}

function checkedText(text: string): string {
  if (typeof text === 'string') return text;
  throw new TypeError('a range of a plugin store begins and goes on with a text');
}

function written(value: Json): string {
  const text: string | undefined = JSON.stringify(value);
  if (text !== undefined && Buffer.byteLength(text) <= MAX_BYTES) return text;
  throw new TypeError('a value of a plugin store is at most 256 KiB of JSON');
}
