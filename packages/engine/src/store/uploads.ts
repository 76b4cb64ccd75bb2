import type { ProductStore, Upload } from '../ports/product-store.js';
import { nullable, record } from './codec/composites.js';
import { mapping } from './codec/mapping.js';
import { count, id, instant, oneOf, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { where } from './filter.js';
import { scope } from './shapes/common.js';
import type { TableDeps } from './table.js';
import { openTable } from './table.js';

const uploads = mapping<Upload>({
  collection: 'uploads',
  identity: 'id',
  fields: {
    ...scope,
    id: text,
    product: id('pdt'),
    kind: oneOf('image', 'file'),
    filename: text,
    stored: nullable(record<NonNullable<Upload['stored']>>({ contentType: text, size: count, sha256: text })),
    openUntil: instant,
    createdAt: instant,
  },
});

export const uploadIndexes: CollectionIndexes = {
  collection: 'uploads',
  version: 1,
  indexes: [{ name: 'of_product', key: { business: 1, mode: 1, product: 1, createdAt: 1, _id: 1 } }],
};

type UploadStore = Pick<ProductStore, 'insertUpload' | 'findUpload' | 'findUploads' | 'completeUpload'>;

/** Announced images and files. */
export function uploadStore(deps: TableDeps): UploadStore {
  const table = openTable({ ...deps, mapping: uploads });
  return {
    async insertUpload(upload) {
      await table.add(upload);
    },
    findUpload: (upload) => table.byId(upload),
    async findUploads({ business, mode, product, ids }) {
      const filter = where({ business, mode, product });
      const found = await table.many({ filter: { _id: { $in: ids.map(String) }, ...filter }, sort: { _id: 1 } });
      return ids.flatMap((wanted) => found.filter((upload) => upload.id === wanted));
    },
    completeUpload: ({ id: upload, stored }) => table.setOnce(upload, 'stored', stored),
  };
}
