import { toCheckoutSession } from '@payonce/engine/domain';
import type { ApiDeps } from '../../deps.js';
import { createCheckout } from '../../checkouts/create.js';
import type { CreatedCheckout } from '../../checkouts/create.js';
import { previewCheckout } from '../../checkouts/preview.js';
import { sessionUrl } from '../../checkouts/session-url.js';
import { ok } from '../../http/answer.js';
import type { Endpoint } from '../../http/endpoint.js';
import { found, idParam } from '../../http/params.js';
import { parseBody } from '../../http/parse.js';
import { checkoutRequest } from './schema.js';

/** Checkout sessions: what a buyer is sent to. */
export function checkoutEndpoints(deps: ApiDeps): readonly Endpoint[] {
  const schema = checkoutRequest(deps.settings);
  return [
    {
      access: 'key',
      method: 'post',
      path: '/checkouts',
      mints: ['cks', 'pay', 'cus', 'att'],
      replaysUnflushed: true,
      async answer({ scope, body, id }) {
        const ids = { session: id('cks'), payment: id('pay'), customer: id('cus'), attempt: id('att') };
        return ok(toCreated(deps, await createCheckout(deps, { ...scope, request: parseBody(schema, body), ids })));
      },
    },
    {
      access: 'key',
      method: 'post',
      path: '/checkouts/preview',
      answer: async ({ scope, body }) =>
        ok(await previewCheckout(deps, { ...scope, request: parseBody(schema, body) })),
    },
    {
      access: 'key',
      method: 'get',
      path: '/checkouts/:id',
      async answer({ scope, params }) {
        const session = found(
          await deps.stores.sessions.findScoped({ ...scope, id: idParam({ params }, 'id', 'cks') }),
          'checkout session',
        );
        const payment = await deps.stores.payments.findScoped({ ...scope, id: session.payment });
        return ok(toCheckoutSession({ session, payment: payment ?? null }));
      },
    },
  ];
}

/** Whoever charges a stored payment method has no page to show. */
const toCreated = ({ settings }: ApiDeps, { session, charged, action, direct }: CreatedCheckout) => ({
  session_id: session.id,
  checkout_url: direct ? null : sessionUrl(settings, session.id),
  ...(charged && {
    payment_id: session.payment,
    client_secret: action?.clientSecret ?? null,
    publishable_key: action?.publishableKey ?? null,
  }),
});
