import type { SessionId } from '@payonce/engine/domain';
import type { OpenSession } from '../checkout/deps.js';
import type { ApiDeps } from '../deps.js';
import { found } from '../http/params.js';
import { resolveBuyer } from './buyer.js';
import { snapshotCart } from './cart.js';
import { openSession, planSession } from './open-session.js';

/** A session from a product's own page. The link's return address is dropped: whoever wrote the link is a stranger, and merchants name theirs with POST /checkouts. */
export async function openFromLink(deps: ApiDeps, wanted: OpenSession): Promise<SessionId> {
  const { business, mode, id: product } = found(await deps.stores.products.findPublic(wanted.product), 'product');
  const scope = { business, mode };
  const { email, name, billing, metadata } = wanted;
  const session = planSession(deps, {
    ...scope,
    id: deps.ids.mint('cks'),
    payment: deps.ids.mint('pay'),
    cart: await snapshotCart(deps, { ...scope, items: [{ product, quantity: wanted.quantity }] }),
    customer:
      email === null ? null : await resolveBuyer(deps, { ...scope, buyer: { email, name }, id: deps.ids.mint('cus') }),
    billing,
    taxId: null,
    customerBusinessName: null,
    returnUrl: null,
    cancelUrl: null,
    metadata,
    confirm: false,
  });
  return (await openSession(deps, session)).id;
}
