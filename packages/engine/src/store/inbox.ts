import type { InboxEntry, InboxStore } from '../ports/inbox-store.js';
import { nullable } from './codec/composites.js';
import { mapping } from './codec/mapping.js';
import { count, id, instant, oneOf, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { where } from './filter.js';
import { processorEvent } from './shapes/processor-event.js';
import type { TableDeps } from './table.js';
import { openTable } from './table.js';

const inbox = mapping<InboxEntry>({
  collection: 'inbox',
  identity: 'id',
  fields: {
    id: id('inb'),
    processor: text,
    account: text,
    mode: oneOf('test', 'live'),
    eventId: text,
    event: processorEvent,
    receivedAt: instant,
    payment: nullable(id('pay')),
    routedAt: nullable(instant),
    tries: count,
  },
});

export const inboxIndexes: CollectionIndexes = {
  collection: 'inbox',
  version: 1,
  indexes: [
    { name: 'one_per_event', key: { processor: 1, account: 1, eventId: 1 }, unique: true },
    { name: 'unrouted', key: { routedAt: 1, tries: 1, receivedAt: 1, _id: 1 } },
  ],
};

/** Reports of processors. */
export function inboxStore(deps: TableDeps): InboxStore {
  const table = openTable({ ...deps, mapping: inbox });
  return {
    async ensure(entry) {
      if (await table.tryAdd(entry)) return entry;
      const { processor, account, eventId } = entry;
      const first = await table.one(where({ processor, account, eventId }));
      if (!first) throw new Error(`inbox entry ${entry.id} is another event`);
      return first;
    },
    find: (entry) => table.byId(entry),
    async markRouted({ id: _id, payment, at }) {
      await table.change(where({ _id, routedAt: null }), { $set: inbox.changes({ payment, routedAt: at }) });
    },
    async countTry(_id) {
      await table.change(where({ _id }), { $inc: { tries: 1 } });
    },
    listUnrouted: ({ before, limit }) =>
      table.readable({
        filter: { ...where({ routedAt: null }), receivedAt: { $lt: before } },
        sort: { tries: 1, receivedAt: 1, _id: 1 },
        limit,
      }),
  };
}
