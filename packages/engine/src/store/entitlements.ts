import type { SharedEntitlement } from '../domain/shared-entitlement.js';
import type { EntitlementStore } from '../ports/entitlement-store.js';
import { nullable } from './codec/composites.js';
import { json } from './codec/free-form.js';
import { mapping } from './codec/mapping.js';
import { id, instant, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { NEWEST_IN_SCOPE } from './collection-indexes.js';
import { where } from './filter.js';
import { metadata, scope } from './shapes/common.js';
import type { TableDeps } from './table.js';
import { openTable } from './table.js';

const entitlements = mapping<SharedEntitlement>({
  collection: 'entitlements',
  identity: 'id',
  fields: {
    ...scope,
    id: id('ent'),
    name: text,
    description: nullable(text),
    provider: text,
    settings: json,
    metadata,
    deletedAt: nullable(instant),
    createdAt: instant,
    updatedAt: instant,
  },
});

export const entitlementIndexes: CollectionIndexes = {
  collection: 'entitlements',
  version: 1,
  indexes: [NEWEST_IN_SCOPE],
};

/** Entitlements that products share. */
export function entitlementStore(deps: TableDeps): EntitlementStore {
  const table = openTable({ ...deps, mapping: entitlements });
  const present = { deletedAt: null };
  return {
    insert: async (entitlement) => void (await table.add(entitlement)),
    find: ({ id: _id, business, mode }) => table.one(where({ _id, business, mode, ...present })),
    async findAll({ business, mode, ids }) {
      if (ids.length === 0) return [];
      const filter = { _id: { $in: ids.map(String) }, ...where({ business, mode, ...present }) };
      const found = await table.many({ filter, sort: { _id: 1 } });
      return ids.flatMap((wanted) => found.filter((entitlement) => entitlement.id === wanted));
    },
    list: ({ business, mode, page }) => table.newest({ filter: where({ business, mode, ...present }), page }),
    async update({ id: _id, business, mode, set, at }) {
      const { fitted } = await table.change(where({ _id, business, mode, ...present }), {
        $set: entitlements.changes({ ...set, updatedAt: at }),
      });
      return fitted;
    },
    async remove({ id: _id, business, mode, at }) {
      const { fitted } = await table.change(where({ _id, business, mode, ...present }), {
        $set: entitlements.changes({ deletedAt: at, updatedAt: at }),
      });
      return fitted;
    },
  };
}
