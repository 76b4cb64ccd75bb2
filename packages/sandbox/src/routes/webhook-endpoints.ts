import { Router } from 'express';
import { z } from 'zod';
import { endpointId, signingSecret } from '../ids.js';
import type { EndpointStore } from '../store/endpoints.js';
import { line, parse, webUrl } from './parse.js';

const newEndpoint = z.strictObject({ url: webUrl, secret: line(200).min(16).exactOptional() });

export interface WebhookEndpointRoutesDeps {
  readonly endpoints: EndpointStore;
  readonly clock: () => Date;
}

/** Adding the same address again gives it the new secret. The secret is shown in this answer only. */
export function webhookEndpointRoutes({ endpoints, clock }: WebhookEndpointRoutesDeps): Router {
  const router = Router();
  router.post('/', async (request, response) => {
    const { url, secret = signingSecret() } = parse(newEndpoint, request.body);
    const endpoint = await endpoints.put({ id: endpointId(), url, secret, createdAt: clock() });
    response.json({
      id: endpoint.id,
      url: endpoint.url,
      secret: endpoint.secret,
      created_at: endpoint.createdAt.toISOString(),
    });
  });
  return router;
}
