import type { Business, BusinessStore } from '../ports/business-store.js';
import { apiKeyStore } from './api-keys.js';
import { nullable } from './codec/composites.js';
import { mapping } from './codec/mapping.js';
import { count, id, instant, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { OLDEST_FIRST } from './paging.js';
import type { TableDeps } from './table.js';
import { openTable } from './table.js';

const businesses = mapping<Business>({
  collection: 'businesses',
  identity: 'id',
  fields: {
    id: id('bus'),
    name: text,
    brand: id('brnd'),
    country: nullable(text),
    refundWindowDays: count,
    createdAt: instant,
  },
});

export const businessIndexes: CollectionIndexes = {
  collection: 'businesses',
  version: 1,
  indexes: [{ name: 'oldest', key: { createdAt: 1, _id: 1 } }],
};

/** Merchants and their keys. */
export function businessStore(deps: TableDeps): BusinessStore {
  const table = openTable({ ...deps, mapping: businesses });
  return {
    ...apiKeyStore(deps),
    async ensure(business) {
      await table.add(business);
    },
    find: (business) => table.byId(business),
    async first() {
      const [oldest] = await table.many({ filter: {}, sort: OLDEST_FIRST, limit: 1 });
      return oldest;
    },
  };
}
