import express, { Router } from 'express';
import { ApiError } from '../api-error.js';
import type { RequestHandler } from 'express';
import { requireSecretKey } from './auth.js';
import { controlRoutes } from './control.js';
import type { ControlRoutesDeps } from './control.js';
import { ledgerRoutes } from './ledger.js';
import type { LedgerRoutesDeps } from './ledger.js';
import { paymentRoutes } from './payments.js';
import type { PaymentRoutesDeps } from './payments.js';
import { refundRoutes } from './refunds.js';
import type { RefundRoutesDeps } from './refunds.js';
import { webhookEndpointRoutes } from './webhook-endpoints.js';
import type { WebhookEndpointRoutesDeps } from './webhook-endpoints.js';

export interface ApiRoutesDeps
  extends PaymentRoutesDeps, RefundRoutesDeps, WebhookEndpointRoutesDeps, LedgerRoutesDeps, ControlRoutesDeps {
  readonly secretKey: string;
  /** Whether `/control` exists. */
  readonly faultsAllowed: boolean;
}

/** The merchant's API: JSON in, JSON out, with the secret key. */
export function apiRoutes(deps: ApiRoutesDeps): Router {
  const router = Router();
  router.use(requireSecretKey(deps.secretKey), requireJson, express.json({ limit: '64kb' }));
  router.use('/payments', paymentRoutes(deps));
  router.use('/refunds', refundRoutes(deps));
  router.use('/webhook_endpoints', webhookEndpointRoutes(deps));
  router.use('/ledger', ledgerRoutes(deps));
  if (deps.faultsAllowed) router.use('/control', controlRoutes(deps));
  return router;
}

const requireJson: RequestHandler = (request, _response, next) => {
  const empty = request.get('content-length') === '0';
  if (empty || request.is('application/json') !== false) return next();
  throw new ApiError({ status: 415, code: 'invalid_request', message: 'content-type: is not application/json' });
};
