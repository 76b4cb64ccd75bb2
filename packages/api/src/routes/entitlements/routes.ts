import { integrationType, toEntitlement } from '@payonce/engine/domain';
import type { Scope, SharedEntitlement } from '@payonce/engine/domain';
import type { ApiDeps } from '../../deps.js';
import { providerAsked, settingsAsked } from '../../entitlements/plan.js';
import { ok } from '../../http/answer.js';
import type { Asked, AskedByCaller, Endpoint } from '../../http/endpoint.js';
import { found, idParam } from '../../http/params.js';
import { parseBody, parseQuery } from '../../http/parse.js';
import { scanPage } from '../../http/scan.js';
import { createEntitlement, listEntitlements, patchEntitlement } from './schema.js';

/** Entitlements of their own: made once, attached to products. */
export const entitlementEndpoints = (deps: ApiDeps): readonly Endpoint[] => [
  {
    access: 'key',
    method: 'post',
    path: '/entitlements',
    mints: ['ent'],
    answer: async (asked) => ok(toEntitlement(await create(deps, asked))),
  },
  {
    access: 'key',
    method: 'get',
    path: '/entitlements',
    answer: async ({ scope, query }) => ok({ items: (await list(deps, scope, query)).map(toEntitlement) }),
  },
  {
    access: 'key',
    method: 'get',
    path: '/entitlements/:id',
    answer: async ({ scope, params }) => ok(toEntitlement(await findEntitlement(deps, scope, params))),
  },
  {
    access: 'key',
    method: 'patch',
    path: '/entitlements/:id',
    answer: async (asked) => ok(toEntitlement(await patch(deps, asked))),
  },
  {
    access: 'key',
    method: 'delete',
    path: '/entitlements/:id',
    answer: async ({ scope, params }) => {
      const { id } = await findEntitlement(deps, scope, params);
      await deps.stores.entitlements.remove({ ...scope, id, at: deps.clock.now() });
      return ok();
    },
  },
];

async function findEntitlement({ stores }: ApiDeps, scope: Scope, params: Asked['params']): Promise<SharedEntitlement> {
  return found(await stores.entitlements.find({ ...scope, id: idParam({ params }, 'id', 'ent') }), 'entitlement');
}

async function create(deps: ApiDeps, { scope, body, id }: AskedByCaller): Promise<SharedEntitlement> {
  const input = parseBody(createEntitlement, body);
  const provider = providerAsked(deps.plugins, input);
  const now = deps.clock.now();
  const entitlement: SharedEntitlement = {
    ...scope,
    id: id('ent'),
    name: input.name,
    description: input.description || null,
    provider,
    settings: await settingsAsked(deps.plugins, { ...input, provider }),
    metadata: input.metadata ?? {},
    deletedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  await deps.stores.entitlements.insert(entitlement);
  return entitlement;
}

/** What was sold keeps what it was sold with. */
async function patch(deps: ApiDeps, { scope, params, body }: AskedByCaller): Promise<SharedEntitlement> {
  const input = parseBody(patchEntitlement, body);
  const { id, provider } = await findEntitlement(deps, scope, params);
  const set = {
    ...(input.name != null && { name: input.name }),
    ...(input.description !== undefined && { description: input.description || null }),
    ...(input.metadata != null && { metadata: input.metadata }),
    ...((input.settings ?? input.integration_config) != null && {
      settings: await settingsAsked(deps.plugins, { ...input, provider }),
    }),
  };
  await deps.stores.entitlements.update({ ...scope, id, set, at: deps.clock.now() });
  return findEntitlement(deps, scope, params);
}

async function list(deps: ApiDeps, scope: Scope, query: Asked['query']): Promise<readonly SharedEntitlement[]> {
  const { integration_type: type, page_size: size, page_number: number } = parseQuery(listEntitlements, query);
  if (size === 0) return [];
  return scanPage({
    page: { number, size },
    list: (page) => deps.stores.entitlements.list({ ...scope, page }),
    keep: ({ provider }) => type === undefined || integrationType({ provider, delivered: null }) === type,
  });
}
