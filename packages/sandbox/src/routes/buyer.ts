import { Router } from 'express';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pause } from '../faults/faults.js';
import type { Faults } from '../faults/faults.js';
import { messagePage } from '../pages/message-page.js';
import { STYLES } from '../pages/styles.js';
import { toApiError } from './errors.js';
import { pageHeaders } from './page-headers.js';
import { payRoutes } from './pay.js';
import type { PayRoutesDeps } from './pay.js';

export interface BuyerRoutesDeps extends PayRoutesDeps {
  readonly faults: Faults;
  readonly closing: AbortSignal;
  readonly logger: Logger;
}

/** What a buyer's browser sees: HTML and one stylesheet. */
export function buyerRoutes(deps: BuyerRoutesDeps): Router {
  const router = Router();
  router.get('/assets/card-page.css', (_request, response) => {
    response.set('cache-control', 'public, max-age=300').type('text/css').send(STYLES);
  });
  router.use('/pay', pageHeaders, pageFaults(deps), payRoutes(deps), showErrors(deps.logger));
  return router;
}

/** A processor that is down is down for buyers, too. */
const pageFaults =
  ({ faults, closing }: BuyerRoutesDeps): RequestHandler =>
  async (_request, response, next) => {
    const rule = await faults.take({ operation: 'page', effects: ['error_before'], references: async () => [] });
    await pause(rule, closing);
    if (rule === undefined) return next();
    const text = 'Nothing was charged. Try again in a moment.';
    response.status(rule.status ?? 503).send(messagePage({ title: 'The payment service is not available', text }));
  };

const showErrors =
  (logger: Logger): ErrorRequestHandler =>
  (thrown: unknown, _request, response, _next) => {
    const { status } = toApiError(thrown);
    if (status >= 500) logger.error({ err: thrown }, 'page failed');
    if (response.headersSent || response.destroyed) return void response.destroy();
    const text = 'Go back to the shop to see where your payment stands.';
    response.status(status).send(messagePage({ title: 'Something went wrong', text }));
  };
