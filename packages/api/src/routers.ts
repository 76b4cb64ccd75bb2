import type { Router } from 'express';
import { checkoutDeps } from './checkout-deps.js';
import { checkoutRouter } from './checkout/router.js';
import type { ApiDeps } from './deps.js';
import { endpoints } from './endpoints.js';
import { fileRouter } from './files/router.js';
import { mount } from './http/mount.js';
import { inboundRouter } from './inbound/router.js';
import { limitRequests } from './rate-limits.js';
import { healthRouter } from './routes/system/health.js';
import { uploadRouter } from './uploads/router.js';

/** Everything that is served, in the order in which it is asked: the API, what it stores and hands out, what processors report, and the hosted pages. */
export function routers(deps: ApiDeps): readonly Router[] {
  const { publicRequestsPerMinute, fileRequestsPerMinute, inboundRequestsPerMinute } = deps.settings;
  const limitFiles = limitRequests({ perMinute: fileRequestsPerMinute });
  return [
    healthRouter(deps),
    mount({
      deps,
      endpoints: endpoints(deps),
      limits: {
        public: limitRequests({ perMinute: publicRequestsPerMinute }),
        provider: limitRequests({ perMinute: inboundRequestsPerMinute }),
      },
    }),
    uploadRouter({ deps, limit: limitFiles }),
    fileRouter({ deps, limit: limitFiles }),
    inboundRouter({ deps, limit: limitRequests({ perMinute: inboundRequestsPerMinute }) }),
    checkoutRouter(checkoutDeps(deps)),
  ];
}
