import { DomainError, isId, toLicenseKey } from '@payonce/engine/domain';
import type { LicenseKey, Scope } from '@payonce/engine/domain';
import type { LicenseKeyFilter } from '@payonce/engine/ports';
import type { ApiDeps } from '../../deps.js';
import { ok } from '../../http/answer.js';
import type { Asked, Endpoint } from '../../http/endpoint.js';
import { found, idParam } from '../../http/params.js';
import { parseBody, parseQuery } from '../../http/parse.js';
import { between, listed } from '../../http/query.js';
import { listLicenseKeys, patchLicenseKey } from './schema.js';

/** License keys, as their merchant sees them. */
export const licenseKeyEndpoints = (deps: ApiDeps): readonly Endpoint[] => [
  {
    access: 'key',
    method: 'get',
    path: '/license_keys',
    answer: async ({ scope, query }) => ok(await list(deps, scope, query)),
  },
  {
    access: 'key',
    method: 'get',
    path: '/license_keys/:id',
    answer: async ({ scope, params }) => ok(shown(deps, await findKey(deps, scope, params))),
  },
  {
    access: 'key',
    method: 'patch',
    path: '/license_keys/:id',
    answer: async (asked) => ok(shown(deps, await patch(deps, asked))),
  },
];

const shown = ({ clock }: ApiDeps, key: LicenseKey) => toLicenseKey({ key, now: clock.now() });

const findKey = async ({ stores }: ApiDeps, scope: Scope, params: Asked['params']): Promise<LicenseKey> =>
  found(await stores.licenses.find({ ...scope, id: idParam({ params }, 'id', 'lic') }), 'license key');

async function list({ stores, clock }: ApiDeps, scope: Scope, query: Asked['query']) {
  const { customer_id: customer, product_id: product, status, source, ...input } = parseQuery(listLicenseKeys, query);
  if (customer !== undefined && !isId('cus', customer)) return { items: [] };
  if (product !== undefined && !isId('pdt', product)) return { items: [] };
  const now = clock.now();
  const filter: Omit<LicenseKeyFilter, 'page'> = {
    ...scope,
    ...between(input),
    ...(customer !== undefined && { customer }),
    ...(product !== undefined && { product }),
    ...(status !== undefined && { status }),
    ...(source !== undefined && { source }),
    now,
  };
  return listed({
    query: input,
    list: (page) => stores.licenses.list({ ...filter, page }),
    toWire: (key) => toLicenseKey({ key, now }),
  });
}

async function patch(
  deps: ApiDeps,
  { scope, params, body }: Pick<Asked, 'params' | 'body'> & { readonly scope: Scope },
): Promise<LicenseKey> {
  const { activations_limit: limit, expires_at: expiresAt, disabled } = parseBody(patchLicenseKey, body);
  const key = await findKey(deps, scope, params);
  if (limit != null && limit < key.instances.length) {
    throw new DomainError(
      'ACTIVATION_LIMIT_LESS_THAN_CURRENT_AMOUNT',
      `activations_limit: the key is in use in ${key.instances.length} places already.`,
    );
  }
  const set = {
    ...(limit !== undefined && { activationsLimit: limit }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(disabled != null && { disabled }),
  };
  await deps.stores.licenses.update({ ...scope, id: key.id, set });
  return findKey(deps, scope, params);
}
