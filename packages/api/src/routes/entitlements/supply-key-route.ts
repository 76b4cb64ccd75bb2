import { createGrantReports } from '@payonce/engine/client';
import { DomainError } from '@payonce/engine/domain';
import type { EntitlementGrant, WireGrant } from '@payonce/engine/domain';
import { after } from '@payonce/plugin-sdk';
import type { DeliveredLicense } from '@payonce/plugin-sdk';
import { z } from 'zod';
import type { ApiDeps } from '../../deps.js';
import { showGrant } from '../../grants/show-grant.js';
import { ok } from '../../http/answer.js';
import type { AskedByCaller, Endpoint } from '../../http/endpoint.js';
import { found, idParam } from '../../http/params.js';
import { parseBody } from '../../http/parse.js';
import { supplyKey } from './schema.js';

/** What keys of a product are like, whoever supplies them. */
const licenseSettings = z.object({
  activationsLimit: z.int().nullable(),
  activationMessage: z.string().nullable(),
  duration: z.object({ count: z.int().min(1), interval: z.enum(['Day', 'Week', 'Month', 'Year']) }).nullable(),
});
type LicenseSettings = z.output<typeof licenseSettings>;

/** POST /grants/{grant}/license-key: the seller supplies the key that a grant waits for. */
export const supplyKeyEndpoint = (deps: ApiDeps): Endpoint => ({
  access: 'key',
  method: 'post',
  path: '/grants/:grant/license-key',
  answer: async (asked) => ok(await supply(deps, asked)),
});

/** Repeat-safe: the same key again answers the grant as it is. */
async function supply(deps: ApiDeps, { scope, params, body }: AskedByCaller): Promise<WireGrant> {
  const input = parseBody(supplyKey, body);
  const id = idParam({ params }, 'grant', 'entg');
  const grant = found(await deps.stores.grants.findScoped({ ...scope, id }), 'grant');
  const settings = licenseSettings.safeParse(grant.settings).data;
  if (settings === undefined) throw refused('INVALID_REQUEST_PARAMETERS', `Grant ${id} gives no license key.`);
  if (isDone(grant, input.key)) return showGrant(deps, grant);
  if (grant.status !== 'pending' && grant.status !== 'failed')
    throw refused('GRANT_NOT_PENDING', `Grant ${id} is ${grant.status}: it does not wait for a key.`);
  const { delivered } = createGrantReports({ ...deps, client: deps.purchases });
  const content = keyOf({ input, settings, now: deps.clock.now() });
  return showGrant(deps, await delivered({ grant, delivered: { outcome: 'delivered', content } }));
}

const refused = (code: 'INVALID_REQUEST_PARAMETERS' | 'GRANT_NOT_PENDING', message: string): DomainError =>
  new DomainError(code, message);

const isDone = ({ status, delivered }: EntitlementGrant, key: string): boolean =>
  status === 'delivered' && delivered?.content.kind === 'license_key' && delivered.content.key === key;

/** What the seller leaves out is as the product says. */
function keyOf({
  input: { key, activations_limit: limit, expires_at: expires },
  settings: { activationsLimit, activationMessage, duration },
  now,
}: {
  readonly input: z.output<typeof supplyKey>;
  readonly settings: LicenseSettings;
  readonly now: Date;
}): DeliveredLicense {
  const usual = duration === null ? null : after(now, duration).toISOString();
  return {
    kind: 'license_key',
    key,
    activationsLimit: limit === undefined ? activationsLimit : limit,
    expiresAt: expires === undefined ? usual : expires && new Date(expires).toISOString(),
    ...(activationMessage !== null && { activationMessage }),
  };
}
