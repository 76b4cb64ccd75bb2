import { activityInfo } from '@temporalio/activity';
import { isDomainError, licenseOfGrant, withStoredKey } from '../domain/index.js';
import type { Delivered, DeliveredLicense, EntitlementGrant, LicenseKey } from '../domain/index.js';
import type { FulfillmentActivities, GrantOutcome } from '../messages/index.js';
import { classify } from '../plugins/index.js';
import type { ActivityDeps } from './deps.js';
import { pluginFailure } from './failures.js';
import { announceDelivery, announceGrant, grantOf, outcomeOf } from './grant-records.js';
import { forProvider } from './planned-grants.js';
import { reserveGrant } from './set-aside.js';

/** Handing over and taking back, each grant on its own. */
export const fulfillmentActivities = (deps: ActivityDeps): FulfillmentActivities => ({
  async fulfillGrant({ grant: id, at, ...of }) {
    const grant = await grantOf(deps, { ...of, grant: id });
    const when = new Date(at);
    if (grant.status === 'revoked' || grant.status === 'suspended') return conclude(deps, { grant, at: when });
    const delivered = grant.delivered ?? (await handOver(deps, { grant, at: when }));
    return 'status' in delivered
      ? conclude(deps, { grant: delivered, at: when })
      : store(deps, { grant, delivered, at: when });
  },

  async closeGrant({ grant: id, at, how, evidence, ...of }) {
    const grant = await grantOf(deps, { ...of, grant: id });
    deps.logger.warn({ payment: of.payment, grant: id, how, evidence }, 'an operator decided about a grant');
    if (how === 'waive') return outcomeOf(await deps.stores.grants.waive({ id, at: new Date(at) }));
    const content = { kind: 'content' as const, items: [{ label: 'Delivered by hand', value: evidence }] };
    return store(deps, { grant, delivered: { outcome: 'delivered', content }, at: new Date(at) });
  },

  async revokeGrant({ grant: id, at, reason, ...of }) {
    const grant = await grantOf(deps, { ...of, grant: id });
    const revoked = await deps.stores.grants.revoke({ id, reason, at: new Date(at) });
    await deps.stores.licenses.disableForGrant(id);
    await revokeAtProvider(deps, { grant, reason, occasion: 'revoke' });
    await announceGrant(deps, { type: 'entitlement_grant.revoked', grant: revoked, at: new Date(at) });
    return outcomeOf(revoked);
  },
});

/** How often a provider is tried before the grant counts as failed. */
const MAX_TRIES = 5;

/** What the provider hands over; or, when it hands over nothing now, the grant as it is on record then. */
async function handOver(
  deps: ActivityDeps,
  { grant, at }: { grant: EntitlementGrant; at: Date },
): Promise<Delivered | EntitlementGrant> {
  try {
    await reserveGrant(deps, { grant, at });
    const answer = await deps.plugins
      .fulfillment(grant.provider)
      .fulfill({ grant: forProvider(grant), idempotencyKey: `${grant.payment}:fulfill:${grant.id}`, mode: grant.mode });
    if (answer.outcome === 'delivered') return answer;
    return await deps.stores.grants.await({ id: grant.id, awaiting: answer.awaiting, at });
  } catch (thrown) {
    const { kind, code } = classify(thrown);
    if (kind !== 'permanent' && activityInfo().attempt < MAX_TRIES) throw pluginFailure(thrown);
    return fail(deps, { grant, code, at });
  }
}

const fail = (
  { stores }: ActivityDeps,
  { grant: { id, provider }, code, at }: { grant: EntitlementGrant; code: string; at: Date },
): Promise<EntitlementGrant> =>
  stores.grants.fail({ id, error: { code, message: `the provider ${provider} answered ${code}` }, at });

/** Tells of what is on record after a try: somebody else may have delivered, or ended, the grant meanwhile. */
async function conclude(
  deps: ActivityDeps,
  { grant, at }: { grant: EntitlementGrant; at: Date },
): Promise<GrantOutcome> {
  switch (grant.status) {
    case 'delivered':
      await announceDelivery(deps, { grant, at });
      break;
    case 'failed':
      await announceGrant(deps, { type: 'entitlement_grant.failed', grant, at });
      break;
    case 'revoked':
      await takeBackLate(deps, grant);
      break;
    case 'pending':
    case 'suspended':
  }
  return outcomeOf(grant);
}

/**
 * Takes back what a try, this one or one that died, may have handed over or set aside while the grant ended. Not the same call as the revocation before, which a provider
 * that remembers keys would answer without a look.
 */
async function takeBackLate(deps: ActivityDeps, grant: EntitlementGrant): Promise<void> {
  await deps.stores.licenses.disableForGrant(grant.id);
  const reason = grant.revocationReason === 'operator' ? 'operator' : 'refund';
  await revokeAtProvider(deps, { grant, reason, occasion: 'revoke-late' });
}

/** The first stored delivery counts. One that comes after a revocation is taken back at once. */
async function store(
  deps: ActivityDeps,
  { grant, delivered, at }: { grant: EntitlementGrant; delivered: Delivered; at: Date },
): Promise<GrantOutcome> {
  const key =
    delivered.content.kind === 'license_key' ? await keep(deps, { grant, content: delivered.content, at }) : undefined;
  if (key === 'taken') {
    const failed = await fail(deps, { grant, code: 'license_key_taken', at });
    return conclude(deps, { grant: failed, at });
  }
  const stored = await deps.stores.grants.deliver({
    id: grant.id,
    delivered: withStoredKey(delivered, key),
    licenseKey: key?.id ?? null,
    at,
  });
  return conclude(deps, { grant: stored.status === 'revoked' ? { ...stored, delivered } : stored, at });
}

/** A key opens something for one buyer: one that another grant has is not handed over again. */
async function keep(
  { stores, ids }: ActivityDeps,
  { grant, content, at }: { grant: EntitlementGrant; content: DeliveredLicense; at: Date },
): Promise<LicenseKey | 'taken'> {
  try {
    return await stores.licenses.ensureForGrant(
      licenseOfGrant({ id: ids.derive('lic', grant.id), grant, content, at }),
    );
  } catch (error) {
    if (isDomainError(error) && error.code === 'LICENSE_KEY_TAKEN') return 'taken';
    throw error;
  }
}

/** A remote provider is asked by the workflow, on its own task queue. */
async function revokeAtProvider(
  { plugins }: ActivityDeps,
  {
    grant,
    reason,
    occasion,
  }: { grant: EntitlementGrant; reason: 'refund' | 'operator'; occasion: 'revoke' | 'revoke-late' },
): Promise<void> {
  if (grant.taskQueue !== undefined) return;
  try {
    await plugins.fulfillment(grant.provider).revoke({
      grant: forProvider(grant),
      reason,
      ...(grant.delivered === null ? {} : { delivered: grant.delivered }),
      idempotencyKey: `${grant.payment}:${occasion}:${grant.id}`,
      mode: grant.mode,
    });
  } catch (thrown) {
    throw pluginFailure(thrown);
  }
}
