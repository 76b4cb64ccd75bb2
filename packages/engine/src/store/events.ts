import type { PurchaseEvent } from '../domain/event.js';
import { EVENT_TYPES } from '../domain/event.js';
import type { EventStore } from '../ports/event-store.js';
import { mapping } from './codec/mapping.js';
import { id, instant, oneOf, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { deliveryStore } from './deliveries.js';
import { where } from './filter.js';
import { sealedField } from './sealing.js';
import { scope } from './shapes/common.js';
import { OLDEST_FIRST } from './paging.js';
import type { SealedTableDeps } from './table.js';
import { openTable } from './table.js';

type StoredEvent = Omit<PurchaseEvent, 'body'> & { readonly bodySealed: string };

const events = mapping<StoredEvent>({
  collection: 'events',
  identity: 'id',
  fields: {
    ...scope,
    id: id('evt'),
    type: oneOf(...EVENT_TYPES),
    payment: id('pay'),
    bodySealed: text,
    createdAt: instant,
  },
});

export const eventIndexes: CollectionIndexes = {
  collection: 'events',
  version: 1,
  indexes: [{ name: 'of_payment', key: { payment: 1, createdAt: 1, _id: 1 } }],
};

/** Events and their deliveries. Bodies are sealed: license keys are in some of them. */
export function eventStore(deps: SealedTableDeps): EventStore {
  const table = openTable({ ...deps, mapping: events });
  const sealedBody = sealedField({ collection: 'events', field: 'body', codec: text, encryption: deps.encryption });
  const stored = ({ body, ...event }: PurchaseEvent): StoredEvent => ({
    ...event,
    bodySealed: sealedBody.seal(event.id, body),
  });
  const shown = ({ bodySealed, ...event }: StoredEvent): PurchaseEvent => ({
    ...event,
    body: sealedBody.open(event.id, bodySealed),
  });
  return {
    ...deliveryStore(deps),
    ensure: (added) => table.addAll(added.map(stored)),
    async find(event) {
      const found = await table.byId(event);
      return found && shown(found);
    },
    async listByPayment(payment) {
      return (await table.many({ filter: where({ payment }), sort: OLDEST_FIRST })).map(shown);
    },
  };
}
