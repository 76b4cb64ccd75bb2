import { createGrantReports } from '@payonce/engine/client';
import { isId } from '@payonce/engine/domain';
import type { WireGrant } from '@payonce/engine/domain';
import type { ApiDeps } from '../../deps.js';
import { listGrants } from '../../grants/list-grants.js';
import { showGrant } from '../../grants/show-grant.js';
import { ok } from '../../http/answer.js';
import type { AskedByCaller, Endpoint } from '../../http/endpoint.js';
import { idParam, notFound } from '../../http/params.js';
import { parseQuery } from '../../http/parse.js';
import { listGrantsOfEntitlement } from './schema.js';

/** Who holds an entitlement: one of its own, or one that a product gives by its fields. */
export const entitlementGrantEndpoints = (deps: ApiDeps): readonly Endpoint[] => [
  {
    access: 'key',
    method: 'get',
    path: '/entitlements/:id/grants',
    answer: async (asked) => ok(await grantsOf(deps, asked)),
  },
  {
    access: 'key',
    method: 'delete',
    path: '/entitlements/:id/grants/:grant',
    answer: async (asked) => ok(await revoke(deps, asked)),
  },
];

async function grantsOf(
  deps: ApiDeps,
  { scope, params, query }: AskedByCaller,
): Promise<{ readonly items: readonly WireGrant[] }> {
  const { status, customer_id: customer, ...input } = parseQuery(listGrantsOfEntitlement, query);
  const entitlement = idParam({ params }, 'id', 'ent');
  if (!(await isKnown(deps, { ...scope, entitlement }))) throw notFound('entitlement');
  if (customer !== undefined && !isId('cus', customer)) return { items: [] };
  return listGrants(deps, {
    ...scope,
    entitlement,
    ...(customer !== undefined && { customer }),
    status,
    page: { number: input.page_number, size: input.page_size },
  });
}

/** Access ends before the caller hears of it; the provider takes back what it handed over as soon as it can. Revoking twice is one revocation. */
async function revoke(deps: ApiDeps, { scope, params }: AskedByCaller): Promise<WireGrant> {
  const entitlement = idParam({ params }, 'id', 'ent');
  const grant = await deps.stores.grants.findScoped({ ...scope, id: idParam({ params }, 'grant', 'entg') });
  if (grant?.entitlement !== entitlement) throw notFound('grant');
  const { revoked } = createGrantReports({ ...deps, client: deps.purchases });
  return showGrant(deps, await revoked({ grant }));
}

/** What was granted once stays known, also when the entitlement is gone or was never one of its own. */
async function isKnown(
  { stores }: ApiDeps,
  { entitlement, ...scope }: AskedByCaller['scope'] & { readonly entitlement: `ent_${string}` },
): Promise<boolean> {
  if (await stores.entitlements.find({ ...scope, id: entitlement })) return true;
  return (await stores.grants.list({ ...scope, entitlement, page: { number: 0, size: 1 } })).length > 0;
}
