import type { CustomerId, EntitlementGrant, EntitlementId, Scope, WireGrant } from '@payonce/engine/domain';
import { integrationType } from '@payonce/engine/domain';
import type { Page } from '@payonce/engine/ports';
import type { ApiDeps } from '../deps.js';
import { scanPage } from '../http/scan.js';
import { showGrant } from './show-grant.js';

/** Whose grants, of what, and which of them. */
export interface WantedGrants extends Scope {
  readonly customer?: CustomerId;
  readonly entitlement?: EntitlementId;
  /** As the wire calls it. */
  readonly status?: WireGrant['status'] | undefined;
  readonly type?: WireGrant['integration_type'] | undefined;
  readonly page: Page;
}

/** One page of grants, as the wire shows them. A page of size 0 is empty. */
export async function listGrants(
  deps: ApiDeps,
  { status, type, page, ...filter }: WantedGrants,
): Promise<{ readonly items: readonly WireGrant[] }> {
  if (page.size === 0) return { items: [] };
  const grants = await scanPage({
    page,
    list: (batch) => deps.stores.grants.list({ ...filter, page: batch }),
    keep: (grant) =>
      (status === undefined || wireStatus(grant) === status) && (type === undefined || integrationType(grant) === type),
  });
  return { items: await Promise.all(grants.map((grant) => showGrant(deps, grant))) };
}

const WIRE_STATUS = {
  pending: 'Pending',
  delivered: 'Delivered',
  failed: 'Failed',
  suspended: 'Revoked',
  revoked: 'Revoked',
} as const;

const wireStatus = ({ status }: EntitlementGrant) => WIRE_STATUS[status];
