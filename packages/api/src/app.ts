import express from 'express';
import type { Express } from 'express';
import helmet from 'helmet';
import type { ApiDeps } from './deps.js';
import { handleErrors } from './http/handle-errors.js';
import { refusePath } from './http/mount.js';
import { logRequests } from './logging.js';
import { routers } from './routers.js';

/** The whole HTTP application: the API, what it stores and serves as files, the inbound addresses of processors, and the hosted checkout page. */
export function createApp(deps: ApiDeps): Express {
  const { settings, logger } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', settings.trustedProxies);
  app.use(logRequests(logger));
  app.use(helmet());
  for (const router of routers(deps)) app.use(router);
  app.use(refusePath);
  app.use(handleErrors(logger));
  return app;
}
