import { DomainError, isDomainError, licenseOfGrant, withStoredKey } from '../domain/index.js';
import type { Delivered, EntitlementGrant } from '../domain/index.js';
import type { Clock, Ids, Logger, Stores } from '../ports/index.js';
import type { PurchaseClient } from './purchase-client.js';

/** What it takes to record what was said about a grant outside of its purchase. */
export interface GrantReportsDeps {
  readonly stores: Pick<Stores, 'grants' | 'licenses'>;
  readonly client: Pick<PurchaseClient, 'grantCompleted' | 'endGrant'>;
  readonly ids: Pick<Ids, 'derive'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Stores what is said about a grant outside of its purchase, then tells the purchase, which announces it and goes on. Stored is enough: who cannot be told now is told by a
 * sweeper. All of it is repeat-safe.
 */
export interface GrantReports {
  /** The first stored delivery counts, and is what every repetition answers. Rejects with GRANT_REVOKED when access ended before. */
  delivered(report: { readonly grant: EntitlementGrant; readonly delivered: Delivered }): Promise<EntitlementGrant>;
  /** Notes what the grant waits for; a delivered one stays. Rejects with GRANT_REVOKED when access ended before. */
  pending(report: { readonly grant: EntitlementGrant; readonly awaiting: string }): Promise<EntitlementGrant>;
  /** Ends the attempt to deliver: an operator decides. A delivered one stays. Rejects with GRANT_REVOKED when access ended before. */
  failed(report: { readonly grant: EntitlementGrant; readonly code: string }): Promise<EntitlementGrant>;
  /**
   * The delivery of a revoked grant was taken back. Rejects with GRANT_NOT_REVOKED while there is access, and with SERVICE_UNAVAILABLE while the purchase cannot be told that
   * there is none.
   */
  takenBack(report: { readonly grant: EntitlementGrant }): Promise<EntitlementGrant>;
  /** Access ends now, by the merchant's word; the purchase has it taken back at the provider. A grant that ended before stays as it is. */
  revoked(report: { readonly grant: EntitlementGrant }): Promise<EntitlementGrant>;
}

export const createGrantReports = (deps: GrantReportsDeps): GrantReports => ({
  delivered: async (report) => tell(deps, unlessEnded(await deliver(deps, report))),
  pending: async ({ grant: { id }, awaiting }) =>
    tell(deps, unlessEnded(await deps.stores.grants.await({ id, awaiting, at: deps.clock.now(), untold: true }))),
  failed: async ({ grant, code }) =>
    tell(
      deps,
      unlessEnded(
        await deps.stores.grants.fail({
          id: grant.id,
          error: { code, message: `the provider ${grant.provider} failed: ${code}` },
          at: deps.clock.now(),
          untold: true,
        }),
      ),
    ),
  async takenBack({ grant: known }) {
    const { id } = known;
    // Before the record says that nothing is left to end: the purchase would not hear any more that access ended.
    if (known.status === 'revoked' && known.untold === true) await tellPurchase({ client: deps.client, grant: known });
    const grant = await deps.stores.grants.takeBack({ id, at: deps.clock.now() });
    if (grant.takenBackAt === undefined)
      throw new DomainError('GRANT_NOT_REVOKED', `Grant ${id} is not revoked: its buyer keeps what was delivered.`);
    return tell(deps, grant);
  },
  async revoked({ grant: { id } }) {
    const at = deps.clock.now();
    const grant = await deps.stores.grants.revoke({ id, reason: 'operator', at, untold: true });
    await deps.stores.licenses.disableForGrant(id);
    return tell(deps, grant);
  },
});

/** The key first, so that nobody sees a delivery without it; a key that comes too late opens nothing. */
async function deliver(
  { stores, ids, clock }: GrantReportsDeps,
  { grant, delivered }: { readonly grant: EntitlementGrant; readonly delivered: Delivered },
): Promise<EntitlementGrant> {
  const { id, status } = grant;
  if (status === 'revoked') await stores.licenses.disableForGrant(id);
  if (status !== 'pending' && status !== 'failed') return grant;
  const { content } = delivered;
  const at = clock.now();
  const license =
    content.kind === 'license_key'
      ? await stores.licenses.ensureForGrant(licenseOfGrant({ id: ids.derive('lic', id), grant, content, at }))
      : undefined;
  const stored = await stores.grants.deliver({
    id,
    delivered: withStoredKey(delivered, license),
    licenseKey: license?.id ?? null,
    at,
    untold: true,
  });
  if (stored.status === 'revoked' && license) await stores.licenses.disableForGrant(id);
  return stored;
}

function unlessEnded(grant: EntitlementGrant): EntitlementGrant {
  if (grant.status !== 'revoked' && grant.status !== 'suspended') return grant;
  throw new DomainError('GRANT_REVOKED', `Grant ${grant.id} is ${grant.status}: take back what was made for it.`);
}

async function tell({ stores, client, logger }: GrantReportsDeps, grant: EntitlementGrant): Promise<EntitlementGrant> {
  if (grant.untold !== true) return grant;
  try {
    await tellPurchase({ client, grant });
    await stores.grants.markTold(grant);
  } catch (error) {
    logger.warn({ grant: grant.id, code: isDomainError(error) ? error.code : 'failed' }, 'telling the purchase later');
  }
  return grant;
}

/** Tells a purchase what was recorded of a grant outside of it: that access ended, or something to read. */
export const tellPurchase = ({
  client,
  grant,
}: {
  readonly client: GrantReportsDeps['client'];
  readonly grant: EntitlementGrant;
}): Promise<void> =>
  grant.status === 'revoked' && grant.takenBackAt === undefined
    ? client.endGrant({ ...grant, grant: grant.id })
    : client.grantCompleted({ ...grant, grant: grant.id });
