import type { Delivery } from '../domain/event.js';
import type { EventStore } from '../ports/event-store.js';
import { nullable } from './codec/composites.js';
import { mapping } from './codec/mapping.js';
import { count, id, instant, oneOf, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { where } from './filter.js';
import { scope } from './shapes/common.js';
import { OLDEST_FIRST } from './paging.js';
import type { TableDeps } from './table.js';
import { openTable } from './table.js';

const deliveries = mapping<Delivery>({
  collection: 'deliveries',
  identity: 'id',
  fields: {
    ...scope,
    id: id('dlv'),
    event: id('evt'),
    endpoint: id('whk'),
    payment: id('pay'),
    status: oneOf('pending', 'delivered', 'failed', 'stopped'),
    attempts: count,
    lastAttemptAt: nullable(instant),
    lastStatus: nullable(count),
    lastError: nullable(text),
    dispatchedAt: nullable(instant),
    createdAt: instant,
  },
});

export const deliveryIndexes: CollectionIndexes = {
  collection: 'deliveries',
  version: 1,
  indexes: [
    { name: 'of_payment', key: { payment: 1, createdAt: 1, _id: 1 } },
    { name: 'undispatched', key: { status: 1, dispatchedAt: 1, createdAt: 1, _id: 1 } },
  ],
};

type DeliveryStore = Pick<
  EventStore,
  | 'ensureDeliveries'
  | 'findDelivery'
  | 'listDeliveries'
  | 'markDispatched'
  | 'recordAttempt'
  | 'stopDelivery'
  | 'listUndispatched'
>;

/** Events on their way. */
export function deliveryStore(deps: TableDeps): DeliveryStore {
  const table = openTable({ ...deps, mapping: deliveries });
  return {
    ensureDeliveries: (added) => table.addAll(added),
    findDelivery: (delivery) => table.byId(delivery),
    listDeliveries: ({ payment }) => table.many({ filter: where({ payment }), sort: OLDEST_FIRST }),
    async markDispatched({ id: delivery, at }) {
      await table.setOnce(delivery, 'dispatchedAt', at);
    },
    async recordAttempt({ id: _id, status, answer, error, at }) {
      const seen = { lastAttemptAt: at, lastStatus: answer, lastError: error };
      const post = (set: Partial<Delivery>) => ({ $set: deliveries.changes(set), $inc: { attempts: 1 } });
      const open = { ...where({ _id }), status: { $ne: 'delivered' } };
      const { fitted } = await table.change(open, post({ ...seen, status }));
      if (!fitted) await table.change(where({ _id }), post(seen));
      return table.existing(_id);
    },
    async stopDelivery({ id: _id, error }) {
      await table.change(where({ _id, status: 'pending' }), {
        $set: deliveries.changes({ status: 'stopped', lastError: error }),
      });
    },
    listUndispatched: ({ before, limit }) =>
      table.readable({
        filter: { ...where({ status: 'pending', dispatchedAt: null }), createdAt: { $lt: before } },
        sort: OLDEST_FIRST,
        limit,
      }),
  };
}
