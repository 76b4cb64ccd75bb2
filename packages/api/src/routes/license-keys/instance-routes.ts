import { isId, toLicenseInstance } from '@payonce/engine/domain';
import type { LicenseKey, Scope, WireLicenseInstance } from '@payonce/engine/domain';
import type { Page } from '@payonce/engine/ports';
import type { ApiDeps } from '../../deps.js';
import { ok } from '../../http/answer.js';
import type { Endpoint } from '../../http/endpoint.js';
import { parseQuery } from '../../http/parse.js';
import { listed } from '../../http/query.js';
import { listInstances } from './schema.js';

/** Where keys are in use. */
export const licenseInstanceEndpoints = (deps: ApiDeps): readonly Endpoint[] => [
  {
    access: 'key',
    method: 'get',
    path: '/license_key_instances',
    async answer({ scope, query }) {
      const { license_key_id: keyId, grant_id: grant, ...paging } = parseQuery(listInstances, query);
      return ok(
        await listed({
          query: paging,
          list: (page) => pageOf(deps, { ...scope, keyId, grant, page }),
          toWire: (instance) => instance,
        }),
      );
    },
  },
];

interface Wanted extends Scope {
  readonly keyId: string | undefined;
  readonly grant: string | undefined;
  readonly page: Page;
}

async function pageOf(deps: ApiDeps, wanted: Wanted): Promise<readonly WireLicenseInstance[]> {
  const { page } = wanted;
  const wantedEnd = (page.number + 1) * page.size;
  const instances: WireLicenseInstance[] = [];
  for await (const key of keysOf(deps, wanted)) {
    instances.push(...key.instances.map((instance) => toLicenseInstance({ key, instance })).reverse());
    if (instances.length >= wantedEnd) break;
  }
  return instances.slice(page.number * page.size, wantedEnd);
}

/** The keys that are meant, newest first. Activations live in their key's document, so they are listed key by key. */
async function* keysOf(
  { stores, clock }: ApiDeps,
  { keyId, grant, business, mode }: Wanted,
): AsyncGenerator<LicenseKey> {
  const scope = { business, mode };
  if (keyId !== undefined || grant !== undefined) {
    const ofGrant =
      grant !== undefined && isId('entg', grant)
        ? (await stores.grants.findScoped({ ...scope, id: grant }))?.licenseKey
        : undefined;
    const id = grant === undefined ? keyId : ofGrant;
    if (typeof id !== 'string' || !isId('lic', id) || (keyId !== undefined && keyId !== id)) return;
    const key = await stores.licenses.find({ ...scope, id });
    if (key) yield key;
    return;
  }
  for (let number = 0; ; number += 1) {
    const keys = await stores.licenses.list({ ...scope, now: clock.now(), page: { number, size: 100 } });
    yield* keys;
    if (keys.length < 100) return;
  }
}
