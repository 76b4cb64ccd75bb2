import type { EntitlementGrant, LicenseKey } from '../domain/index.js';
import { toGrant, toLicenseKey } from '../domain/wire/index.js';
import type { GrantOutcome, OfPurchase } from '../messages/index.js';
import type { ActivityDeps } from './deps.js';
import { announce } from './emission.js';
import type { Announcement } from './emission.js';
import { finalFailure } from './failures.js';

/** A grant of a purchase. Refuses for good one of another purchase or mode. */
export async function grantOf(
  { stores }: ActivityDeps,
  { grant: id, payment, mode }: OfPurchase & { grant: EntitlementGrant['id'] },
): Promise<EntitlementGrant> {
  const grant = await stores.grants.find(id);
  if (grant === undefined || grant.payment !== payment || grant.mode !== mode)
    throw finalFailure('record_missing', `${id} is no grant of ${payment} in mode ${mode}`);
  return grant;
}

/** How a grant stands, without what was delivered. */
export const outcomeOf = ({ status, error }: EntitlementGrant): GrantOutcome => ({ status, code: error?.code ?? null });

/** Tells of a stored delivery, and shows it on the payment. Repeat-safe: ids derive from the grant. */
export async function announceDelivery(
  deps: ActivityDeps,
  { grant, at }: { grant: EntitlementGrant; at: Date },
): Promise<void> {
  const key = await keyOf(deps, grant);
  await deps.stores.payments.setDeliverables({
    id: grant.payment,
    hasLicenseKey: key !== undefined,
    hasDigitalDelivery: grant.delivered?.content.kind === 'files',
  });
  if (key) await announce(deps, grant, [keyCreated({ grant, key, at })]);
  await announceGrant(deps, { type: 'entitlement_grant.delivered', grant, at });
}

/** Tells of a grant as it is now. */
export async function announceGrant(
  deps: ActivityDeps,
  { type, grant, at }: { type: Announcement['type']; grant: EntitlementGrant; at: Date },
): Promise<void> {
  const data = toGrant({ grant, key: (await keyOf(deps, grant)) ?? null, files: [], now: at });
  await announce(deps, grant, [{ type, payment: grant.payment, object: grant.id, data, at }]);
}

const keyOf = async (
  { stores }: ActivityDeps,
  { licenseKey, business, mode }: EntitlementGrant,
): Promise<LicenseKey | undefined> =>
  licenseKey === null ? undefined : stores.licenses.find({ id: licenseKey, business, mode });

const keyCreated = ({ grant, key, at }: { grant: EntitlementGrant; key: LicenseKey; at: Date }): Announcement => ({
  type: 'license_key.created',
  payment: grant.payment,
  object: key.id,
  data: toLicenseKey({ key, now: at }),
  at,
});
