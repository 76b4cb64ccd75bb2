import { toLineItems, toPayment, toPaymentListItem } from '@payonce/engine/domain';
import type { Payment, Scope } from '@payonce/engine/domain';
import type { ApiDeps } from '../../deps.js';
import { sessionUrl } from '../../checkouts/session-url.js';
import { ok } from '../../http/answer.js';
import type { Asked, Endpoint } from '../../http/endpoint.js';
import { found, idParam } from '../../http/params.js';
import { parseQuery } from '../../http/parse.js';
import { listed } from '../../http/query.js';
import { paymentFilter } from './filter.js';
import { listPayments } from './schema.js';

/** Payments, from their first attempt on. */
export const paymentEndpoints = (deps: ApiDeps): readonly Endpoint[] => [
  {
    access: 'key',
    method: 'get',
    path: '/payments',
    answer: async ({ scope, query }) => ok(await list(deps, scope, query)),
  },
  {
    access: 'key',
    method: 'get',
    path: '/payments/:id',
    async answer({ scope, params }) {
      const payment = await findPayment(deps, scope, params);
      return ok(toPayment({ payment, urls: { checkout: (session) => sessionUrl(deps.settings, session) } }));
    },
  },
  {
    access: 'key',
    method: 'get',
    path: '/payments/:id/line-items',
    async answer({ scope, params }) {
      const payment = await findPayment(deps, scope, params);
      const session = await deps.stores.sessions.findScoped({ ...scope, id: payment.session });
      return ok(toLineItems({ payment, cart: session?.lines ?? [] }));
    },
  },
];

/** The caller's payment that the path names. One that was never attempted is shown to nobody. */
async function findPayment({ stores }: ApiDeps, scope: Scope, params: Asked['params']): Promise<Payment> {
  const payment = await stores.payments.findScoped({ ...scope, id: idParam({ params }, 'id', 'pay') });
  return found(payment?.attempt ? payment : undefined, 'payment');
}

async function list({ stores }: ApiDeps, scope: Scope, query: Asked['query']) {
  const input = parseQuery(listPayments, query);
  const filter = paymentFilter(scope, input);
  if (!filter) return { items: [] };
  return listed({
    query: input,
    list: (page) => stores.payments.list({ ...filter, page }),
    toWire: (payment) => toPaymentListItem({ payment }),
  });
}
