import type { Request, RequestHandler, Response } from 'express';
import { authenticate, authenticateProvider } from '../auth/caller.js';
import type { ApiDeps } from '../deps.js';
import { servePost } from '../idempotency/serve-post.js';
import { mintedIds } from '../idempotency/minted-ids.js';
import { render } from './answer.js';
import type { RenderedAnswer } from './answer.js';
import type { Asked, Endpoint, KeyedEndpoint, ProviderEndpoint } from './endpoint.js';
import { readJson } from './read-json.js';

/** Who calls comes first, then what they say: nobody's body is read before their key is known. */
export const serve =
  (deps: ApiDeps, endpoint: Endpoint): RequestHandler =>
  async (request, response) => {
    if (endpoint.access === 'key') await serveCaller(deps, endpoint, request, response);
    else if (endpoint.access === 'provider') await serveProvider(deps, endpoint, request, response);
    else send(response, render(await endpoint.answer(await read(request, response))));
  };

async function serveCaller(
  deps: ApiDeps,
  endpoint: KeyedEndpoint,
  request: Request,
  response: Response,
): Promise<void> {
  const caller = await authenticate({
    authorization: request.headers.authorization,
    secrets: deps.secrets,
    businesses: deps.stores.businesses,
  });
  const asked = await read(request, response);
  if (endpoint.method !== 'post') {
    send(response, render(await endpoint.answer({ ...asked, scope: caller.scope, id: mintedIds({}) })));
    return;
  }
  const answer = await servePost(deps, { endpoint, caller, asked, request, response });
  if (answer.replayed) response.set('idempotent-replayed', 'true');
  send(response, answer);
}

async function serveProvider(
  { secrets, stores: { businesses } }: ApiDeps,
  endpoint: ProviderEndpoint,
  request: Request,
  response: Response,
): Promise<void> {
  const { authorization } = request.headers;
  const caller = await authenticateProvider({ authorization, secrets, businesses });
  send(response, render(await endpoint.answer({ ...(await read(request, response)), ...caller })));
}

async function read(request: Request, response: Response): Promise<Asked> {
  const params = Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)]));
  return { params, query: request.query, body: await readJson(request, response) };
}

function send(response: Response, { status, body }: RenderedAnswer): void {
  response.status(status);
  if (body === '') response.end();
  else response.set('content-type', 'application/json; charset=utf-8').end(body);
}
