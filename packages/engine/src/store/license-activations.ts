import type { LicenseStore } from '../ports/grant-store.js';
import type { DocumentFilter } from './filter.js';
import { where } from './filter.js';
import type { StoredLicenseKey } from './license-key-mapping.js';
import type { Table } from './table.js';

/**
 * An activation is decided anew only when the limit was changed, or the last seat taken, between reading and writing.
 */
const MAX_TRIES = 20;

/** Activations of license keys: each is one conditional write of the key's own document. */
export function licenseActivations({
  table,
}: {
  table: Table<StoredLicenseKey>;
}): Pick<LicenseStore, 'activate' | 'deactivate'> {
  return {
    async activate({ id: _id, instance }) {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const { activationsLimit: limit, instances } = await table.existing(_id);
        if (instances.some(({ id }) => id === instance.id)) return true;
        if (limit !== null && instances.length >= limit) return false;
        const filter = {
          ...where({ _id, activationsLimit: limit }),
          ...isFree(limit),
          'instances.id': { $ne: instance.id },
        };
        const { changed } = await table.change(filter, { $push: { instances: { ...instance } } });
        if (changed) return true;
      }
      throw new Error(`license key ${_id} changed too often to be activated`);
    },
    async deactivate({ id: _id, instance }) {
      const { changed } = await table.change(where({ _id, 'instances.id': instance }), {
        $pull: { instances: where({ id: instance }) },
      });
      return changed;
    },
  };
}

/**
 * The list has no element at the limit's last place. Unlike a comparison of two fields this leaves the look-up by id to
 * the index.
 */
const isFree = (limit: number | null): DocumentFilter =>
  limit === null ? {} : { [`instances.${limit - 1}`]: { $exists: false } };
