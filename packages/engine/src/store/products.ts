import type { DigitalDelivery, LicenseSettings, Price, Product } from '../domain/product.js';
import { TAX_CATEGORIES } from '../domain/vocabulary.js';
import type { ProductStore } from '../ports/product-store.js';
import type { Codec } from './codec/codec.js';
import { list, nullable, optional, record } from './codec/composites.js';
import { mapping } from './codec/mapping.js';
import { count, currency, flag, id, instant, minorUnits, oneOf, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { NEWEST_IN_SCOPE } from './collection-indexes.js';
import { given, where } from './filter.js';
import { metadata, scope } from './shapes/common.js';
import type { TableDeps } from './table.js';
import { openTable } from './table.js';
import { uploadStore } from './uploads.js';

type Duration = NonNullable<LicenseSettings['duration']>;

const price: Codec<Price> = record<Price>({ currency, amount: minorUnits, discountBps: count, taxInclusive: flag });

const license: Codec<LicenseSettings> = record<LicenseSettings>({
  activationMessage: nullable(text),
  activationsLimit: nullable(count),
  duration: nullable(record<Duration>({ count, interval: oneOf('Day', 'Week', 'Month', 'Year') })),
});

const delivery: Codec<DigitalDelivery> = record<DigitalDelivery>({
  files: list(text),
  externalUrl: nullable(text),
  instructions: nullable(text),
});

const products = mapping<Product>({
  collection: 'products',
  identity: 'id',
  fields: {
    ...scope,
    id: id('pdt'),
    brand: id('brnd'),
    name: text,
    description: nullable(text),
    image: nullable(text),
    category: oneOf(...TAX_CATEGORIES),
    price,
    license: nullable(license),
    delivery: nullable(delivery),
    attached: optional(list(id('ent'))),
    metadata,
    archivedAt: nullable(instant),
    createdAt: instant,
    updatedAt: instant,
  },
});

export const productIndexes: CollectionIndexes = { collection: 'products', version: 1, indexes: [NEWEST_IN_SCOPE] };

/** What is for sale, and the uploads that belong to it. */
export function productStore(deps: TableDeps): ProductStore {
  const table = openTable({ ...deps, mapping: products });
  return {
    ...uploadStore(deps),
    async insert(product) {
      await table.add(product);
    },
    find: ({ id: _id, business, mode }) => table.one(where({ _id, business, mode })),
    findPublic: (product) => table.byId(product),
    list: ({ business, mode, archived, brand, page }) =>
      table.newest({
        filter: { ...where({ business, mode }), archivedAt: archived ? { $ne: null } : null, ...given({ brand }) },
        page,
      }),
    async update({ id: _id, business, mode, set, at }) {
      const { fitted } = await table.change(where({ _id, business, mode }), {
        $set: products.changes({ ...set, updatedAt: at }),
      });
      return fitted;
    },
    async archive({ id: _id, business, mode, archivedAt, at }) {
      const { changed } = await table.change(
        { ...where({ _id, business, mode }), archivedAt: archivedAt === null ? { $ne: null } : null },
        { $set: products.changes({ archivedAt, updatedAt: at }) },
      );
      return changed;
    },
  };
}
