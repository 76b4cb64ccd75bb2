import { ObjectId } from 'mongodb';
import type { PluginDocument, PluginDocumentStore, PluginShelf } from '../ports/plugin-document-store.js';
import { mapping } from './codec/mapping.js';
import { count, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { where } from './filter.js';
import { sealedField } from './sealing.js';
import { scope } from './shapes/common.js';
import type { SealedTableDeps } from './table.js';
import { openTable } from './table.js';

type StoredEntry = Omit<PluginDocument, 'value'> & { readonly id: string; readonly valueSealed: string };

const entries = mapping<StoredEntry>({
  collection: 'plugin_documents',
  identity: 'id',
  fields: { ...scope, id: text, plugin: text, key: text, valueSealed: text, revision: count },
});

export const pluginDocumentIndexes: CollectionIndexes = {
  collection: 'plugin_documents',
  version: 1,
  indexes: [{ name: 'by_key', key: { plugin: 1, business: 1, mode: 1, key: 1 } }],
};

/** What plugins keep. The key is part of `_id`, so of many inserts of a key one wins; its value opens under that key only. */
export function pluginDocumentStore(deps: SealedTableDeps): PluginDocumentStore {
  const table = openTable({ ...deps, mapping: entries });
  const value = sealedField({
    collection: 'plugin_documents',
    field: 'value',
    codec: text,
    encryption: deps.encryption,
  });
  const shown = ({ id, valueSealed, ...rest }: StoredEntry): PluginDocument => ({
    ...rest,
    value: value.open(id, valueSealed),
  });
  const exactly = ({ revision, ...place }: PluginShelf & { readonly key: string; readonly revision: number }) =>
    where({ _id: idOf(place), revision });

  return {
    async find(place) {
      const found = await table.byId(idOf(place));
      return found && shown(found);
    },
    insert({ value: open, ...place }) {
      const id = idOf(place);
      return table.tryAdd({ ...place, id, valueSealed: value.seal(id, open), revision: firstRevision() });
    },
    async replace(entry) {
      const set = { valueSealed: value.seal(idOf(entry), entry.value), revision: entry.revision + 1 };
      const { fitted } = await table.change(exactly(entry), { $set: entries.changes(set) });
      return fitted;
    },
    remove: (entry) => table.remove(exactly(entry)),
    async list({ plugin, business, mode, prefix, after, limit }) {
      const filter = { ...where({ plugin, business, mode }), key: { $gte: prefix, $lt: past(prefix), $gt: after } };
      return (await table.many({ filter, sort: { key: 1 }, limit })).map(shown);
    },
  };
}

const idOf = ({ plugin, business, mode, key }: PluginShelf & { readonly key: string }): string =>
  JSON.stringify([plugin, business, mode, key]);

/** Comes after every key with that prefix: keys are printable ASCII. */
const past = (prefix: string): string => `${prefix}\u007f`;

/** Above what the key had when it was taken before: whoever read that entry must not change this one. Seconds, then a counter. */
function firstRevision(): number {
  const made = new ObjectId();
  const counter = Number.parseInt(made.toHexString().slice(-6), 16);
  return Math.floor(made.getTimestamp().getTime() / 1000) * 2 ** 21 + (counter % 2 ** 21);
}
