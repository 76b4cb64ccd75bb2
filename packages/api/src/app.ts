import express from 'express';
import type { Express } from 'express';
import helmet from 'helmet';
import { checkoutDeps } from './checkout-deps.js';
import { checkoutRouter } from './checkout/router.js';
import type { ApiDeps } from './deps.js';
import { endpoints } from './endpoints.js';
import { fileRouter } from './files/router.js';
import { handleErrors } from './http/handle-errors.js';
import { mount, refusePath } from './http/mount.js';
import { inboundRouter } from './inbound/router.js';
import { logRequests } from './logging.js';
import { limitRequests } from './rate-limits.js';
import { healthRouter } from './routes/system/health.js';
import { uploadRouter } from './uploads/router.js';

/** The whole HTTP application: the API, what it stores and serves as files, the inbound addresses of processors, and the hosted checkout page. */
export function createApp(deps: ApiDeps): Express {
  const { settings, logger } = deps;
  const limitPublic = limitRequests({ perMinute: settings.publicRequestsPerMinute });
  const limitFiles = limitRequests({ perMinute: settings.publicRequestsPerMinute });
  const limitInbound = limitRequests({ perMinute: settings.inboundRequestsPerMinute });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', settings.trustedProxies);
  app.use(logRequests(logger));
  app.use(helmet());
  app.use(healthRouter(deps));
  app.use(mount({ deps, endpoints: endpoints(deps), limitPublic }));
  app.use(uploadRouter({ deps, limit: limitFiles }));
  app.use(fileRouter({ deps, limit: limitFiles }));
  app.use(inboundRouter({ deps, limit: limitInbound }));
  app.use(checkoutRouter(checkoutDeps(deps)));
  app.use(refusePath);
  app.use(handleErrors(logger));
  return app;
}
