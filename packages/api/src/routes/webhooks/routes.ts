import { newWebhookSecret } from '@payonce/engine/adapters';
import { toEndpoint } from '@payonce/engine/domain';
import type { Scope, WebhookEndpoint } from '@payonce/engine/domain';
import type { ApiDeps } from '../../deps.js';
import { ok } from '../../http/answer.js';
import type { Asked, AskedByCaller, Endpoint } from '../../http/endpoint.js';
import { found, idParam } from '../../http/params.js';
import { parseBody } from '../../http/parse.js';
import { sentTypes } from './event-types.js';
import { pageOfEndpoints } from './list.js';
import { createEndpoint, patchEndpoint, patchHeaders } from './schema.js';

/** Where a merchant is told about what happens. */
export const webhookEndpoints = (deps: ApiDeps): readonly Endpoint[] => [
  {
    access: 'key',
    method: 'post',
    path: '/webhooks',
    mints: ['whk'],
    keyField: 'idempotency_key',
    answer: async (asked) => ok(await create(deps, asked)),
  },
  {
    access: 'key',
    method: 'get',
    path: '/webhooks',
    answer: async ({ scope, query }) => ok(await pageOfEndpoints(deps, { scope, query })),
  },
  {
    access: 'key',
    method: 'get',
    path: '/webhooks/:id',
    answer: async ({ scope, params }) => ok(toEndpoint({ endpoint: await findEndpoint(deps, scope, params) })),
  },
  { access: 'key', method: 'patch', path: '/webhooks/:id', answer: async (asked) => ok(await patch(deps, asked)) },
  { access: 'key', method: 'delete', path: '/webhooks/:id', answer: (asked) => remove(deps, asked) },
  {
    access: 'key',
    method: 'get',
    path: '/webhooks/:id/secret',
    answer: async ({ scope, params }) => ok({ secret: (await findEndpoint(deps, scope, params)).secret }),
  },
  {
    access: 'key',
    method: 'get',
    path: '/webhooks/:id/headers',
    answer: async ({ scope, params }) =>
      ok({ headers: (await findEndpoint(deps, scope, params)).headers, sensitive: [] }),
  },
  { access: 'key', method: 'patch', path: '/webhooks/:id/headers', answer: (asked) => mergeHeaders(deps, asked) },
];

const findEndpoint = async ({ stores }: ApiDeps, scope: Scope, params: Asked['params']): Promise<WebhookEndpoint> =>
  found(await stores.endpoints.findScoped({ ...scope, id: idParam({ params }, 'id', 'whk') }), 'webhook endpoint');

async function create({ stores, clock, settings }: ApiDeps, { scope, body, id }: AskedByCaller) {
  const input = parseBody(createEndpoint(settings), body);
  const now = clock.now();
  const endpoint: WebhookEndpoint = {
    ...scope,
    id: id('whk'),
    url: input.url,
    description: input.description ?? '',
    secret: newWebhookSecret(),
    filterTypes: sentTypes(input.filter_types),
    disabled: input.disabled ?? false,
    metadata: input.metadata ?? {},
    headers: input.headers ?? {},
    rateLimit: input.rate_limit ?? null,
    createdAt: now,
    updatedAt: now,
  };
  await stores.endpoints.insert(endpoint);
  return toEndpoint({ endpoint });
}

async function patch(deps: ApiDeps, { scope, params, body }: AskedByCaller) {
  const input = parseBody(patchEndpoint(deps.settings), body);
  const { id } = await findEndpoint(deps, scope, params);
  const set = {
    ...(input.url != null && { url: input.url }),
    ...(input.description !== undefined && { description: input.description ?? '' }),
    ...(input.filter_types !== undefined && { filterTypes: sentTypes(input.filter_types) }),
    ...(input.disabled != null && { disabled: input.disabled }),
    ...(input.metadata !== undefined && { metadata: input.metadata ?? {} }),
    ...(input.rate_limit !== undefined && { rateLimit: input.rate_limit }),
  };
  await deps.stores.endpoints.update({ ...scope, id, set, at: deps.clock.now() });
  return toEndpoint({ endpoint: await findEndpoint(deps, scope, params) });
}

async function remove(deps: ApiDeps, { scope, params }: AskedByCaller) {
  const { id } = await findEndpoint(deps, scope, params);
  await deps.stores.endpoints.remove({ ...scope, id });
  return ok();
}

/** Adds and replaces; a header that is not named stays. */
async function mergeHeaders(deps: ApiDeps, { scope, params, body }: AskedByCaller) {
  const { headers } = parseBody(patchHeaders, body);
  const endpoint = await findEndpoint(deps, scope, params);
  await deps.stores.endpoints.update({
    ...scope,
    id: endpoint.id,
    set: { headers: { ...endpoint.headers, ...headers } },
    at: deps.clock.now(),
  });
  return ok();
}
