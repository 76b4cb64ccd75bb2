import type { ApiDeps } from './deps.js';
import type { Endpoint } from './http/endpoint.js';
import { checkoutEndpoints } from './routes/checkouts/routes.js';
import { customerEndpoints } from './routes/customers/routes.js';
import { goodsEndpoints } from './routes/goods.js';
import { paymentEndpoints } from './routes/payments/routes.js';
import { providerGrantEndpoints } from './routes/provider-grants/routes.js';
import { providerEndpoints } from './routes/providers/routes.js';
import { productEndpoints } from './routes/products/routes.js';
import { productUploadEndpoints } from './routes/products/upload-routes.js';
import { refundEndpoints } from './routes/refunds/routes.js';
import { systemEndpoints } from './routes/system/routes.js';
import { webhookEndpoints } from './routes/webhooks/routes.js';

/** Every route of the public API. */
export const endpoints = (deps: ApiDeps): readonly Endpoint[] => [
  ...productEndpoints(deps),
  ...productUploadEndpoints(deps),
  ...checkoutEndpoints(deps),
  ...paymentEndpoints(deps),
  ...refundEndpoints(deps),
  ...customerEndpoints(deps),
  ...goodsEndpoints(deps),
  ...webhookEndpoints(deps),
  ...providerEndpoints(deps),
  ...providerGrantEndpoints(deps),
  ...systemEndpoints(deps),
];
