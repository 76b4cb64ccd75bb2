import { toCustomer } from '@payonce/engine/domain';
import type { Customer, Scope, WireGrant } from '@payonce/engine/domain';
import type { ApiDeps } from '../../deps.js';
import { listGrants as listHeld } from '../../grants/list-grants.js';
import { ok } from '../../http/answer.js';
import type { Asked, AskedByCaller, Endpoint } from '../../http/endpoint.js';
import { found, idParam } from '../../http/params.js';
import { parseBody, parseQuery } from '../../http/parse.js';
import { between, listed } from '../../http/query.js';
import { createCustomer, listCustomers, listGrants } from './schema.js';

/** Buyers, and what they hold. */
export const customerEndpoints = (deps: ApiDeps): readonly Endpoint[] => [
  {
    access: 'key',
    method: 'post',
    path: '/customers',
    mints: ['cus'],
    answer: async (asked) => ok(await create(deps, asked)),
  },
  {
    access: 'key',
    method: 'get',
    path: '/customers',
    answer: async ({ scope, query }) => ok(await list(deps, scope, query)),
  },
  {
    access: 'key',
    method: 'get',
    path: '/customers/:id',
    answer: async ({ scope, params }) => ok(toCustomer({ customer: await findCustomer(deps, scope, params) })),
  },
  {
    access: 'key',
    method: 'get',
    path: '/customers/:id/entitlement-grants',
    answer: async (asked) => ok(await grantsOf(deps, asked)),
  },
];

const findCustomer = async ({ stores }: ApiDeps, scope: Scope, params: Asked['params']): Promise<Customer> =>
  found(await stores.customers.find({ ...scope, id: idParam({ params }, 'id', 'cus') }), 'customer');

/** An address that is known already answers the customer who has it: there is one per address. */
async function create({ stores, clock }: ApiDeps, { scope, body, id }: AskedByCaller) {
  const { email, name, phone_number: phone, metadata } = parseBody(createCustomer, body);
  const customer = {
    ...scope,
    id: id('cus'),
    email,
    name,
    phone: phone ?? null,
    metadata: metadata ?? {},
    createdAt: clock.now(),
  };
  return toCustomer({ customer: await stores.customers.ensure(customer) });
}

async function list({ stores }: ApiDeps, scope: Scope, query: Asked['query']) {
  const { email, name, ...input } = parseQuery(listCustomers, query);
  const filter = {
    ...scope,
    ...between(input),
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
  };
  return listed({
    query: input,
    list: (page) => stores.customers.list({ ...filter, page }),
    toWire: (customer) => toCustomer({ customer }),
  });
}

async function grantsOf(
  deps: ApiDeps,
  { scope, params, query }: AskedByCaller,
): Promise<{ readonly items: readonly WireGrant[] }> {
  const { status, integration_type: type, page_size: size, page_number: number } = parseQuery(listGrants, query);
  const { id: customer } = await findCustomer(deps, scope, params);
  return listHeld(deps, { ...scope, customer, status, type, page: { number, size } });
}
