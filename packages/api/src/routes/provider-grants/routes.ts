import { createGrantReports } from '@payonce/engine/client';
import type { GrantReports } from '@payonce/engine/client';
import type { EntitlementGrant } from '@payonce/engine/domain';
import { deliveredOrPending } from '@payonce/plugin-sdk/schemas';
import type { ApiDeps } from '../../deps.js';
import { ok } from '../../http/answer.js';
import type { AskedByProvider, Endpoint } from '../../http/endpoint.js';
import { found, idParam } from '../../http/params.js';
import { parseBody } from '../../http/parse.js';
import { failureReport } from './schema.js';
import { toProviderGrant } from './wire.js';

/** Where a provider that works outside of this installation reads what it has to do, and stores what it did. All of it may be repeated. */
export function providerGrantEndpoints(deps: ApiDeps): readonly Endpoint[] {
  const reports = createGrantReports({ ...deps, client: deps.purchases });
  const post = (
    what: string,
    report: (grant: EntitlementGrant, asked: AskedByProvider) => Promise<EntitlementGrant>,
  ) => ({
    access: 'provider' as const,
    method: 'post' as const,
    path: `/provider/grants/:id/${what}`,
    answer: async (asked: AskedByProvider) => ok(toProviderGrant(await report(await grantOf(deps, asked), asked))),
  });
  return [
    {
      access: 'provider',
      method: 'get',
      path: '/provider/grants/:id',
      answer: async (asked) => ok(toProviderGrant(await grantOf(deps, asked))),
    },
    post('delivery', (grant, { body }) => takeDelivery(reports, { grant, body })),
    post('failure', (grant, { body }) => takeFailure(deps, { reports, grant, body })),
    post('revocation', (grant) => reports.takenBack({ grant })),
  ];
}

/** Grants of other providers, businesses and modes are not there. */
async function grantOf({ stores }: ApiDeps, { params, scope, provider }: AskedByProvider): Promise<EntitlementGrant> {
  const grant = await stores.grants.findScoped({ ...scope, id: idParam({ params }, 'id', 'entg') });
  return found(grant?.provider === provider ? grant : undefined, 'grant');
}

async function takeDelivery(
  reports: GrantReports,
  { grant, body }: { readonly grant: EntitlementGrant; readonly body: unknown },
): Promise<EntitlementGrant> {
  const report = parseBody(deliveredOrPending, body);
  return report.outcome === 'delivered'
    ? reports.delivered({ grant, delivered: report })
    : reports.pending({ grant, awaiting: report.awaiting });
}

/** A failure that may pass changes nothing: the provider tries again. */
async function takeFailure(
  { logger }: ApiDeps,
  {
    reports,
    grant,
    body,
  }: { readonly reports: GrantReports; readonly grant: EntitlementGrant; readonly body: unknown },
): Promise<EntitlementGrant> {
  const { code, message, permanent } = parseBody(failureReport, body);
  logger.warn({ grant: grant.id, provider: grant.provider, code, permanent, said: message }, 'a provider failed');
  return permanent ? reports.failed({ grant, code }) : grant;
}
