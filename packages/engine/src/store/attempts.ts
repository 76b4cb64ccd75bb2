import type { Attempt, AttemptRequest } from '../domain/attempt.js';
import type { AttemptStore } from '../ports/session-store.js';
import type { Codec } from './codec/codec.js';
import { nullable, optional, record } from './codec/composites.js';
import { pairs } from './codec/free-form.js';
import { mapping } from './codec/mapping.js';
import { currency, id, instant, minorUnits, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import type { DocumentFilter } from './filter.js';
import { where } from './filter.js';
import { frozen, outcome } from './shapes/charge.js';
import { address, customerDetails, scope } from './shapes/common.js';
import { OLDEST_FIRST } from './paging.js';
import type { TableDeps } from './table.js';
import { openTable } from './table.js';

const request: Codec<AttemptRequest> = record<AttemptRequest>({
  customer: customerDetails,
  billing: address,
  taxId: nullable(text),
  customerBusinessName: nullable(text),
  shownTotal: minorUnits,
  currency,
  paymentMethod: nullable(text),
});

const attempts = mapping<Attempt>({
  collection: 'attempts',
  identity: 'id',
  fields: {
    ...scope,
    id: id('att'),
    session: id('cks'),
    payment: id('pay'),
    request,
    frozen: nullable(frozen),
    sentAt: nullable(instant),
    outcome: nullable(outcome),
    createdAt: instant,
    acceptedAt: nullable(instant),
    voidedAt: nullable(instant),
    soldOut: optional(text),
    returned: optional(pairs(text)),
  },
});

export const attemptIndexes: CollectionIndexes = {
  collection: 'attempts',
  version: 2,
  indexes: [
    { name: 'of_payment', key: { payment: 1, createdAt: 1, _id: 1 } },
    { name: 'unaccepted', key: { acceptedAt: 1, voidedAt: 1, createdAt: 1, _id: 1 } },
    { name: 'unsent', key: { sentAt: 1, acceptedAt: 1 } },
  ],
};

/** Presses of Pay. */
export function attemptStore(deps: TableDeps): AttemptStore {
  const table = openTable({ ...deps, mapping: attempts });
  return {
    async insert(attempt) {
      await table.add(attempt);
    },
    find: (attempt) => table.byId(attempt),
    list: ({ payment }) => table.many({ filter: where({ payment }), sort: OLDEST_FIRST }),
    async markAccepted({ id: _id, at }) {
      await table.setOnce(_id, 'acceptedAt', at);
    },
    async markSent({ id: _id, at }) {
      await table.setOnce(_id, 'sentAt', at);
    },
    async void({ id: _id, at }) {
      await table.change(where({ _id, acceptedAt: null, voidedAt: null }), {
        $set: attempts.changes({ voidedAt: at }),
      });
    },
    async freeze({ id: _id, ...asked }) {
      await table.setOnce(_id, 'frozen', asked);
      const { frozen: first } = await table.existing(_id);
      if (first === null) throw new Error(`attempt ${_id} was not frozen`);
      return first;
    },
    async markSoldOut({ id: _id, reason }) {
      await table.change(where({ _id }), { $set: attempts.changes({ soldOut: reason }) });
    },
    async markReturned({ id: _id, query }) {
      await table.change(where({ _id }), { $set: attempts.changes({ returned: query }) });
    },
    async recordOutcome({ id: _id, outcome: learned }) {
      await table.change({ ...where({ _id }), ...overWhat(learned) }, { $set: attempts.changes({ outcome: learned }) });
      const { outcome: recorded } = await table.existing(_id);
      if (recorded === null) throw new Error(`the outcome of attempt ${_id} was not recorded`);
      return recorded;
    },
    listUnaccepted: ({ before, limit }) =>
      table.readable({
        filter: { acceptedAt: null, voidedAt: null, createdAt: { $lt: before } },
        sort: OLDEST_FIRST,
        limit,
      }),
    listUnsent: ({ since, before, limit }) =>
      table.readable({
        filter: {
          ...where({ sentAt: null, outcome: null, voidedAt: null }),
          acceptedAt: { $gte: since, $lt: before },
          frozen: { $ne: null },
        },
        sort: OLDEST_FIRST,
        limit,
      }),
  };
}

/**
 * Which outcomes give way to this one. Captured money gives way to nothing; other final ones only to captured money;
 * open ones to anything that was not learned earlier.
 */
function overWhat({ status, at }: NonNullable<Attempt['outcome']>): DocumentFilter {
  if (status === 'succeeded') return { 'outcome.status': { $ne: 'succeeded' } };
  const open = { 'outcome.status': { $nin: ['succeeded', 'failed', 'cancelled'] } };
  return status === 'failed' || status === 'cancelled' ? open : { ...open, 'outcome.at': { $not: { $gt: at } } };
}
