import type { CountryRule, ServedBy, TaxRule } from '../domain/served-by.js';
import type { CartLine, PlannedEntitlement, Session } from '../domain/session.js';
import { TAX_CATEGORIES } from '../domain/vocabulary.js';
import type { SessionStore } from '../ports/session-store.js';
import type { Codec } from './codec/codec.js';
import { list, nullable, optional, record } from './codec/composites.js';
import { json } from './codec/free-form.js';
import { mapping } from './codec/mapping.js';
import { count, currency, flag, id, instant, minorUnits, oneOf, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { where } from './filter.js';
import { address, customerDetails, metadata, scope } from './shapes/common.js';
import { OLDEST_FIRST } from './paging.js';
import type { TableDeps } from './table.js';
import { openTable } from './table.js';

const entitlement: Codec<PlannedEntitlement> = record<PlannedEntitlement>({
  id: id('ent'),
  provider: text,
  settings: json,
  reach: oneOf('own_stores', 'outside', 'remote'),
  taskQueue: optional(text),
  reserves: optional(flag),
});

const category = oneOf(...TAX_CATEGORIES);

const line: Codec<CartLine> = record<CartLine>({
  id: text,
  product: id('pdt'),
  name: text,
  description: nullable(text),
  image: nullable(text),
  category,
  quantity: count,
  unitPrice: minorUnits,
  discountBps: count,
  taxInclusive: flag,
  entitlements: list(entitlement),
});

const servedBy: Codec<ServedBy> = record<ServedBy>({
  processor: text,
  processorRules: optional(list(record<CountryRule>({ use: text, countries: list(text) }))),
  taxCalculator: text,
  taxRules: optional(
    list(record<TaxRule>({ use: text, countries: optional(list(text)), categories: optional(list(category)) })),
  ),
  plugins: list(record<ServedBy['plugins'][number]>({ name: text, version: text, contractVersion: count })),
});

const sessions = mapping<Session>({
  collection: 'sessions',
  identity: 'id',
  fields: {
    ...scope,
    id: id('cks'),
    payment: id('pay'),
    brand: id('brnd'),
    currency,
    lines: list(line),
    servedBy,
    customer: nullable(customerDetails),
    billing: nullable(address),
    taxId: nullable(text),
    customerBusinessName: nullable(text),
    returnUrl: nullable(text),
    cancelUrl: nullable(text),
    metadata,
    confirm: flag,
    createdAt: instant,
    expiresAt: instant,
    startedAt: nullable(instant),
  },
});

export const sessionIndexes: CollectionIndexes = {
  collection: 'sessions',
  version: 1,
  indexes: [
    { name: 'one_per_payment', key: { payment: 1 }, unique: true },
    { name: 'unstarted', key: { startedAt: 1, createdAt: 1, _id: 1 } },
  ],
};

/** Checkout sessions. */
export function sessionStore(deps: TableDeps): SessionStore {
  const table = openTable({ ...deps, mapping: sessions });
  return {
    async insert(session) {
      await table.add(session);
    },
    find: (session) => table.byId(session),
    findScoped: ({ id: _id, business, mode }) => table.one(where({ _id, business, mode })),
    async markStarted({ id: _id, at }) {
      await table.setOnce(_id, 'startedAt', at);
    },
    listUnstarted: ({ before, now, limit }) =>
      table.readable({
        filter: { startedAt: null, createdAt: { $lt: before }, expiresAt: { $gt: now } },
        sort: OLDEST_FIRST,
        limit,
      }),
  };
}
