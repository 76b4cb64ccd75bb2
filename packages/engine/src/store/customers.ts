import type { Customer } from '../domain/customer.js';
import type { CustomerStore } from '../ports/customer-store.js';
import { nullable } from './codec/composites.js';
import { mapping } from './codec/mapping.js';
import { id, instant, text } from './codec/scalars.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { NEWEST_IN_SCOPE } from './collection-indexes.js';
import { between, containing, where } from './filter.js';
import { metadata, scope } from './shapes/common.js';
import type { TableDeps } from './table.js';
import { openTable } from './table.js';

type StoredCustomer = Customer & { readonly emailLower: string; readonly nameLower: string };

const customers = mapping<StoredCustomer>({
  collection: 'customers',
  identity: 'id',
  fields: {
    ...scope,
    id: id('cus'),
    email: text,
    emailLower: text,
    name: text,
    nameLower: text,
    phone: nullable(text),
    metadata,
    createdAt: instant,
  },
});

export const customerIndexes: CollectionIndexes = {
  collection: 'customers',
  version: 1,
  indexes: [NEWEST_IN_SCOPE, { name: 'one_per_address', key: { business: 1, mode: 1, emailLower: 1 }, unique: true }],
};

/** As addresses and names are compared. */
const lower = (given: string): string => given.trim().normalize('NFC').toLowerCase();

const stored = (customer: Customer): StoredCustomer => ({
  ...customer,
  emailLower: lower(customer.email),
  nameLower: lower(customer.name),
});

const shown = ({ emailLower: _, nameLower: __, ...customer }: StoredCustomer): Customer => customer;

/** Buyers. The unique index on the address decides who of two simultaneous strangers is the first. */
export function customerStore(deps: TableDeps): CustomerStore {
  const table = openTable({ ...deps, mapping: customers });
  const found = (customer: StoredCustomer | undefined): Customer | undefined => customer && shown(customer);
  const findByEmail: CustomerStore['findByEmail'] = async ({ business, mode, email }) =>
    found(await table.one(where({ business, mode, emailLower: lower(email) })));
  return {
    findByEmail,
    find: async ({ business, mode, id: _id }) => found(await table.one(where({ _id, business, mode }))),
    async ensure(customer) {
      if (await table.tryAdd(stored(customer))) return customer;
      const theirs = await findByEmail(customer);
      if (!theirs) throw new Error(`customer ${customer.id} exists with another address or in another scope`);
      return theirs;
    },
    async list({ business, mode, email, name, page, ...created }) {
      const address = email === undefined ? {} : where({ emailLower: lower(email) });
      const named = name === undefined ? {} : containing('nameLower', lower(name));
      const filter = { ...where({ business, mode }), ...address, ...named, ...between('createdAt', created) };
      return (await table.newest({ filter, page })).map(shown);
    },
  };
}
