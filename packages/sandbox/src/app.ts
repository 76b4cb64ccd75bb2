import express from 'express';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { apiRoutes } from './routes/api.js';
import type { ApiRoutesDeps } from './routes/api.js';
import { answerErrors, noSuchRoute } from './routes/errors.js';
import { healthRoutes } from './routes/health.js';
import { buyerRoutes } from './routes/buyer.js';
import type { BuyerRoutesDeps } from './routes/buyer.js';

export interface AppDeps extends ApiRoutesDeps, BuyerRoutesDeps {
  readonly ping: () => Promise<void>;
  readonly logger: Logger;
}

/** The whole HTTP surface: health, the merchant's API under /v1, the buyer's pages. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use((_request, response, next) => {
    response.set({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    next();
  });
  app.use(healthRoutes(deps));
  app.use('/v1', apiRoutes(deps));
  app.use(buyerRoutes(deps));
  app.use(noSuchRoute);
  app.use(answerErrors(deps.logger));
  return app;
}
