import { DomainError } from '../domain/domain-error.js';
import type { LicenseKey, LicenseKeyStatus } from '../domain/license-key.js';
import type { LicenseStore } from '../ports/grant-store.js';
import { text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { NEWEST_IN_SCOPE } from './collection-indexes.js';
import type { DocumentFilter } from './filter.js';
import { between, given, where } from './filter.js';
import { licenseActivations } from './license-activations.js';
import type { StoredLicenseKey } from './license-key-mapping.js';
import { licenseKeys } from './license-key-mapping.js';
import { sealedField } from './sealing.js';
import type { SealedTableDeps } from './table.js';
import { openTable } from './table.js';

export const licenseKeyIndexes: CollectionIndexes = {
  collection: 'license_keys',
  version: 1,
  indexes: [
    NEWEST_IN_SCOPE,
    { name: 'by_key', key: { keyHash: 1 }, unique: true },
    { name: 'one_per_grant', key: { grant: 1 }, unique: true, only: { grant: { $gt: '' } } },
  ],
};

/** License keys. */
export function licenseStore(deps: SealedTableDeps): LicenseStore {
  const { encryption } = deps;
  const table = openTable({ ...deps, mapping: licenseKeys });
  const sealedKey = sealedField({ collection: 'license_keys', field: 'key', codec: text, encryption });

  const stored = ({ key, ...rest }: LicenseKey): StoredLicenseKey => ({
    ...rest,
    keyHash: encryption.hash(key),
    keySealed: sealedKey.seal(rest.id, key),
  });
  const shown = ({ keyHash: _, keySealed, ...rest }: StoredLicenseKey): LicenseKey => ({
    ...rest,
    key: sealedKey.open(rest.id, keySealed),
  });
  const found = (key: StoredLicenseKey | undefined): LicenseKey | undefined => key && shown(key);

  return {
    ...licenseActivations({ table }),
    async ensureForGrant(key) {
      if (await table.tryAdd(stored(key))) return key;
      const theirs = await (key.grant === null ? table.byId(key.id) : table.one(where({ grant: key.grant })));
      if (!theirs)
        throw new DomainError(
          'LICENSE_KEY_TAKEN',
          'This license key belongs to another grant: supply one that nobody has.',
        );
      return shown(theirs);
    },
    find: async ({ id: _id, business, mode }) => found(await table.one(where({ _id, business, mode }))),
    findByKey: async (key) => found(await table.one(where({ keyHash: encryption.hash(key) }))),
    async list({ business, mode, customer, product, status, source, now, page, ...created }) {
      const wanted = given({ 'customer.id': customer, product, source });
      const filter = { ...where({ business, mode }), ...wanted, ...(status && hasStatus(status, now)) };
      return (await table.newest({ filter: { ...filter, ...between('createdAt', created) }, page })).map(shown);
    },
    async update({ id: _id, business, mode, set }) {
      const key = where({ _id, business, mode });
      const update = { $set: licenseKeys.changes(set) };
      const { activationsLimit: limit } = set;
      const atMost = typeof limit === 'number' ? { [`instances.${limit}`]: { $exists: false } } : {};
      const { fitted } = await table.change({ ...key, ...atMost }, update);
      if (!fitted && (await table.one(key))) throw limitBelowUse();
      return fitted;
    },
    async disableForGrant(grant) {
      await table.change(where({ grant }), { $set: licenseKeys.changes({ disabled: true }) });
    },
  };
}

function hasStatus(status: LicenseKeyStatus, now: Date): DocumentFilter {
  switch (status) {
    case 'disabled':
      return { disabled: true };
    case 'expired':
      return { disabled: false, expiresAt: { $lte: now } };
    case 'active':
      return { disabled: false, expiresAt: { $not: { $lte: now } } };
  }
}

const limitBelowUse = (): DomainError =>
  new DomainError(
    'ACTIVATION_LIMIT_LESS_THAN_CURRENT_AMOUNT',
    'the license key is active in more places than that: deactivate some first, or allow more',
  );
