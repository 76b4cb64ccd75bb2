import type { EntitlementGrant } from '../domain/grant.js';
import type { GrantStore } from '../ports/grant-store.js';
import { nullable, optional, record } from './codec/composites.js';
import { json } from './codec/free-form.js';
import { mapping } from './codec/mapping.js';
import { count, flag, id, instant, oneOf, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { NEWEST_IN_SCOPE } from './collection-indexes.js';
import type { DocumentFilter } from './filter.js';
import { given, where } from './filter.js';
import { sealedField } from './sealing.js';
import { customerDetails, metadata, scope } from './shapes/common.js';
import { delivered } from './shapes/delivered.js';
import type { SealedTableDeps } from './table.js';
import { openTable } from './table.js';

type StoredGrant = Omit<EntitlementGrant, 'delivered'> & { readonly deliveredSealed: string | null };

const grants = mapping<StoredGrant>({
  collection: 'grants',
  identity: 'id',
  fields: {
    ...scope,
    id: id('entg'),
    payment: id('pay'),
    session: id('cks'),
    brand: id('brnd'),
    customer: customerDetails,
    line: text,
    unit: count,
    product: id('pdt'),
    productName: text,
    entitlement: id('ent'),
    provider: text,
    reach: oneOf('own_stores', 'outside', 'remote'),
    taskQueue: optional(text),
    settings: json,
    status: oneOf('pending', 'delivered', 'failed', 'suspended', 'revoked'),
    awaiting: nullable(text),
    deliveredSealed: nullable(text),
    licenseKey: nullable(id('lic')),
    error: nullable(record<NonNullable<EntitlementGrant['error']>>({ code: text, message: text })),
    revocationReason: nullable(text),
    metadata,
    createdAt: instant,
    updatedAt: instant,
    deliveredAt: nullable(instant),
    revokedAt: nullable(instant),
    waivedAt: optional(instant),
    takenBackAt: optional(instant),
    untold: optional(flag),
  },
});

export const grantIndexes: CollectionIndexes = {
  collection: 'grants',
  version: 2,
  indexes: [
    NEWEST_IN_SCOPE,
    { name: 'one_per_unit', key: { payment: 1, line: 1, unit: 1, entitlement: 1 }, unique: true },
    { name: 'of_entitlement', key: { entitlement: 1, createdAt: -1, _id: -1 } },
    { name: 'untold', key: { untold: 1, updatedAt: 1, _id: 1 }, only: { untold: true } },
  ],
};

/** Rights of buyers. What was handed over is sealed: keys are among it. */
export function grantStore(deps: SealedTableDeps): GrantStore {
  const table = openTable({ ...deps, mapping: grants });
  const content = sealedField({
    collection: 'grants',
    field: 'delivered',
    codec: delivered,
    encryption: deps.encryption,
  });

  const stored = ({ delivered: open, ...grant }: EntitlementGrant): StoredGrant => ({
    ...grant,
    deliveredSealed: open === null ? null : content.seal(grant.id, open),
  });
  const shown = ({ deliveredSealed: sealed, ...grant }: StoredGrant): EntitlementGrant => ({
    ...grant,
    delivered: sealed === null ? null : content.open(grant.id, sealed),
  });
  const found = (grant: StoredGrant | undefined): EntitlementGrant | undefined => grant && shown(grant);
  const move = async (_id: string, from: DocumentFilter, set: Partial<StoredGrant>): Promise<EntitlementGrant> => {
    await table.change({ ...where({ _id }), ...from }, { $set: grants.changes(set) });
    return shown(await table.existing(_id));
  };

  return {
    ensure: (added) => table.addAll(added.map(stored)),
    find: async (grant) => found(await table.byId(grant)),
    findScoped: async ({ id: _id, business, mode }) => found(await table.one(where({ _id, business, mode }))),
    async listByPayment(payment) {
      const sort = { line: 1, unit: 1, entitlement: 1 } as const;
      return (await table.many({ filter: where({ payment }), sort })).map(shown);
    },
    async list({ business, mode, customer, entitlement, status, page }) {
      const filter = { ...where({ business, mode }), ...given({ 'customer.id': customer, entitlement, status }) };
      return (await table.newest({ filter, page })).map(shown);
    },
    deliver: ({ id: grant, delivered: open, licenseKey, at, untold }) =>
      move(grant, UNDELIVERED, {
        ...toTell(untold),
        status: 'delivered',
        deliveredSealed: content.seal(grant, open),
        licenseKey,
        awaiting: null,
        error: null,
        deliveredAt: at,
        updatedAt: at,
      }),
    await: ({ id: grant, awaiting, at, untold }) =>
      move(grant, UNDELIVERED, { ...toTell(untold), status: 'pending', awaiting, error: null, updatedAt: at }),
    fail: ({ id: grant, error, at, untold }) =>
      move(
        grant,
        { ...UNDELIVERED, 'error.code': { $ne: error.code } },
        {
          ...toTell(untold),
          status: 'failed',
          error,
          awaiting: null,
          updatedAt: at,
        },
      ),
    revoke: ({ id: grant, reason, at, untold }) =>
      move(
        grant,
        { status: { $ne: 'revoked' } },
        {
          ...toTell(untold),
          status: 'revoked',
          revocationReason: reason,
          awaiting: null,
          revokedAt: at,
          updatedAt: at,
        },
      ),
    waive: ({ id: grant, at }) => move(grant, UNDELIVERED, { waivedAt: at, updatedAt: at }),
    takeBack: ({ id: grant, at }) =>
      move(grant, where({ status: 'revoked', takenBackAt: null }), { untold: true, takenBackAt: at, updatedAt: at }),
    listUntold: async ({ before, limit }) => {
      const filter = { ...where({ untold: true }), updatedAt: { $lt: before } };
      return (await table.readable({ filter, sort: { updatedAt: 1, _id: 1 }, limit })).map(shown);
    },
    async markTold({ id: _id, updatedAt }) {
      await table.change(where({ _id, updatedAt }), { $set: grants.changes({ untold: false }) });
    },
  };
}

const toTell = (untold = false): Pick<StoredGrant, 'untold'> => (untold ? { untold } : {});

const UNDELIVERED: DocumentFilter = { status: { $in: ['pending', 'failed'] } };
