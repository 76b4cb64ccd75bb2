import type { ApiKey, BusinessStore } from '../ports/business-store.js';
import { nullable, optional } from './codec/composites.js';
import { mapping } from './codec/mapping.js';
import { instant, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { NEWEST_IN_SCOPE } from './collection-indexes.js';
import { where } from './filter.js';
import { scope } from './shapes/common.js';
import { NEWEST_FIRST } from './paging.js';
import type { TableDeps } from './table.js';
import { openTable } from './table.js';

const apiKeys = mapping<ApiKey>({
  collection: 'api_keys',
  identity: 'hash',
  fields: {
    ...scope,
    hash: text,
    last4: text,
    name: text,
    provider: optional(text),
    createdAt: instant,
    revokedAt: nullable(instant),
  },
});

export const apiKeyIndexes: CollectionIndexes = { collection: 'api_keys', version: 1, indexes: [NEWEST_IN_SCOPE] };

/** Keys of the API by their hashes. A revoked key is found no more from that write on. */
export function apiKeyStore(deps: TableDeps): Pick<BusinessStore, 'addKey' | 'findKey' | 'listKeys' | 'revokeKey'> {
  const table = openTable({ ...deps, mapping: apiKeys });
  return {
    async addKey(key) {
      await table.add(key);
    },
    findKey: (hash) => table.one(where({ _id: hash, revokedAt: null })),
    listKeys: ({ business, mode }) => table.many({ filter: where({ business, mode }), sort: NEWEST_FIRST }),
    async revokeKey({ hash, at }) {
      const { changed } = await table.change(where({ _id: hash, revokedAt: null }), {
        $set: apiKeys.changes({ revokedAt: at }),
      });
      return changed;
    },
  };
}
