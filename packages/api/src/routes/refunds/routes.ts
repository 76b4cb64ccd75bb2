import { isId, toRefund, toRefundListItem } from '@payonce/engine/domain';
import type { Scope } from '@payonce/engine/domain';
import type { ApiDeps } from '../../deps.js';
import { ok } from '../../http/answer.js';
import type { Asked, Endpoint } from '../../http/endpoint.js';
import { found, idParam } from '../../http/params.js';
import { parseBody, parseQuery } from '../../http/parse.js';
import { between, listed } from '../../http/query.js';
import { makeRefund } from '../../refunds/create-refund.js';
import { createRefund, listRefunds } from './schema.js';

/** Money that goes back. */
export const refundEndpoints = (deps: ApiDeps): readonly Endpoint[] => [
  {
    access: 'key',
    method: 'post',
    path: '/refunds',
    mints: ['ref'],
    replaysUnflushed: true,
    answer: async ({ scope, body, id }) =>
      ok(toRefund(await makeRefund(deps, { ...scope, id: id('ref'), input: parseBody(createRefund, body) }))),
  },
  {
    access: 'key',
    method: 'get',
    path: '/refunds',
    answer: async ({ scope, query }) => ok(await list(deps, scope, query)),
  },
  {
    access: 'key',
    method: 'get',
    path: '/refunds/:id',
    answer: async ({ scope, params }) =>
      ok(
        toRefund(
          found(await deps.stores.payments.findRefund({ ...scope, id: idParam({ params }, 'id', 'ref') }), 'refund'),
        ),
      ),
  },
];

async function list({ stores }: ApiDeps, scope: Scope, query: Asked['query']) {
  const { status, customer_id: customer, subscription_id: subscription, ...input } = parseQuery(listRefunds, query);
  if (status === 'review' || subscription !== undefined) return { items: [] };
  if (customer !== undefined && !isId('cus', customer)) return { items: [] };
  const filter = {
    ...scope,
    ...between(input),
    ...(status !== undefined && { status }),
    ...(customer !== undefined && { customer }),
  };
  return listed({
    query: input,
    list: (page) => stores.payments.listRefunds({ ...filter, page }),
    toWire: toRefundListItem,
  });
}
