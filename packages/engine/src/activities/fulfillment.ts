import { activityInfo } from '@temporalio/activity';
import type { Delivered, Grant, Json } from '../domain/index.js';
import type { EntitlementGrant, LicenseKey } from '../domain/index.js';
import { toGrant, toLicenseKey } from '../domain/wire/index.js';
import type { FulfillmentActivities, GrantOutcome, OfPurchase } from '../messages/index.js';
import { classify } from '../plugins/index.js';
import { announce } from './emission.js';
import type { Announcement } from './emission.js';
import type { ActivityDeps } from './deps.js';
import { finalFailure, pluginFailure } from './failures.js';

/** Handing over and taking back, each grant on its own. */
export const fulfillmentActivities = (deps: ActivityDeps): FulfillmentActivities => ({
  async fulfillGrant({ grant: id, at, ...of }) {
    const grant = await grantOf(deps, { ...of, grant: id });
    if (grant.status === 'revoked' || grant.status === 'suspended') return outcomeOf(grant);
    const when = new Date(at);
    const delivered = grant.delivered ?? (await handOver(deps, { grant, at: when }));
    return 'status' in delivered ? delivered : store(deps, { grant, delivered, at: when });
  },

  async closeGrant({ grant: id, at, how, evidence, ...of }) {
    const grant = await grantOf(deps, { ...of, grant: id });
    deps.logger.warn({ payment: of.payment, grant: id, how, evidence }, 'an operator decided about a grant');
    if (how === 'waive') return outcomeOf(grant);
    const content = { kind: 'content' as const, items: [{ label: 'Delivered by hand', value: evidence }] };
    return store(deps, { grant, delivered: { outcome: 'delivered', content }, at: new Date(at) });
  },

  async revokeGrant({ grant: id, at, reason, ...of }) {
    const grant = await grantOf(deps, { ...of, grant: id });
    const revoked = await deps.stores.grants.revoke({ id, reason, at: new Date(at) });
    await deps.stores.licenses.disableForGrant(id);
    await revokeAtProvider(deps, { grant, reason });
    await announceGrant(deps, { type: 'entitlement_grant.revoked', grant: revoked, at: new Date(at) });
    return outcomeOf(revoked);
  },
});

async function grantOf(
  { stores }: ActivityDeps,
  { grant: id, payment, mode }: OfPurchase & { grant: EntitlementGrant['id'] },
): Promise<EntitlementGrant> {
  const grant = await stores.grants.find(id);
  if (grant === undefined || grant.payment !== payment || grant.mode !== mode)
    throw finalFailure('record_missing', `${id} is no grant of ${payment} in mode ${mode}`);
  return grant;
}

const outcomeOf = ({ status, error }: EntitlementGrant): GrantOutcome => ({ status, code: error?.code ?? null });

/** How often a provider is tried before the grant counts as failed. */
const MAX_TRIES = 5;

/** What the provider hands over; or, when it hands over nothing now, how the grant stands. */
async function handOver(
  deps: ActivityDeps,
  { grant, at }: { grant: EntitlementGrant; at: Date },
): Promise<Delivered | GrantOutcome> {
  try {
    const answer = await deps.plugins
      .fulfillment(grant.provider)
      .fulfill({ grant: forProvider(grant), idempotencyKey: `${grant.payment}:fulfill:${grant.id}`, mode: grant.mode });
    if (answer.outcome === 'delivered') return answer;
    return outcomeOf(await deps.stores.grants.await({ id: grant.id, awaiting: answer.awaiting, at }));
  } catch (thrown) {
    const { kind, code } = classify(thrown);
    if (kind !== 'permanent' && activityInfo().attempt < MAX_TRIES) throw pluginFailure(thrown);
    const failed = await deps.stores.grants.fail({
      id: grant.id,
      error: { code, message: `the provider ${grant.provider} answered ${code}` },
      at,
    });
    await announceGrant(deps, { type: 'entitlement_grant.failed', grant: failed, at });
    return outcomeOf(failed);
  }
}

const forProvider = ({
  id,
  payment,
  business,
  mode,
  product,
  productName,
  unit,
  customer,
  settings,
}: EntitlementGrant): Grant => ({
  id,
  payment,
  business,
  mode,
  product,
  productName,
  unit,
  customer: { id: customer.id, email: customer.email, name: customer.name },
  settings: settings satisfies Json,
});

/** The first stored delivery counts. One that comes after a revocation is taken back at once. */
async function store(
  deps: ActivityDeps,
  { grant, delivered, at }: { grant: EntitlementGrant; delivered: Delivered; at: Date },
): Promise<GrantOutcome> {
  const key =
    delivered.content.kind === 'license_key' ? await keep(deps, { grant, content: delivered.content, at }) : undefined;
  const stored = await deps.stores.grants.deliver({ id: grant.id, delivered, licenseKey: key?.id ?? null, at });
  if (stored.status === 'revoked') {
    await deps.stores.licenses.disableForGrant(grant.id);
    await revokeAtProvider(deps, { grant: { ...grant, delivered }, reason: 'refund' });
    return outcomeOf(stored);
  }
  await deps.stores.payments.setDeliverables({
    id: grant.payment,
    hasLicenseKey: key !== undefined,
    hasDigitalDelivery: delivered.content.kind === 'files',
  });
  if (key) await announce(deps, grant, [keyCreated({ grant, key, at })]);
  await announceGrant(deps, { type: 'entitlement_grant.delivered', grant: stored, at });
  return outcomeOf(stored);
}

async function keep(
  { stores, ids }: ActivityDeps,
  {
    grant,
    content,
    at,
  }: { grant: EntitlementGrant; content: Extract<Delivered['content'], { kind: 'license_key' }>; at: Date },
): Promise<LicenseKey> {
  const { id, email, name } = grant.customer;
  return stores.licenses.ensureForGrant({
    id: ids.derive('lic', grant.id),
    business: grant.business,
    mode: grant.mode,
    key: content.key,
    source: 'auto',
    brand: grant.brand,
    customer: { id, email, name },
    product: grant.product,
    productName: grant.productName,
    payment: grant.payment,
    grant: grant.id,
    disabled: false,
    activationsLimit: content.activationsLimit,
    activationMessage: content.activationMessage ?? null,
    expiresAt: content.expiresAt === null ? null : new Date(content.expiresAt),
    instances: [],
    createdAt: at,
  });
}

async function revokeAtProvider(
  { plugins }: ActivityDeps,
  { grant, reason }: { grant: EntitlementGrant; reason: 'refund' | 'operator' },
): Promise<void> {
  try {
    await plugins.fulfillment(grant.provider).revoke({
      grant: forProvider(grant),
      reason,
      ...(grant.delivered === null ? {} : { delivered: grant.delivered }),
      idempotencyKey: `${grant.payment}:revoke:${grant.id}`,
      mode: grant.mode,
    });
  } catch (thrown) {
    throw pluginFailure(thrown);
  }
}

const keyCreated = ({ grant, key, at }: { grant: EntitlementGrant; key: LicenseKey; at: Date }): Announcement => ({
  type: 'license_key.created',
  payment: grant.payment,
  object: key.id,
  data: toLicenseKey({ key, now: at }),
  at,
});

async function announceGrant(
  deps: ActivityDeps,
  { type, grant, at }: { type: Announcement['type']; grant: EntitlementGrant; at: Date },
): Promise<void> {
  const key =
    grant.licenseKey === null
      ? undefined
      : await deps.stores.licenses.find({ id: grant.licenseKey, business: grant.business, mode: grant.mode });
  const data = toGrant({ grant, key: key ?? null, files: [], now: at });
  await announce(deps, grant, [{ type, payment: grant.payment, object: grant.id, data, at }]);
}
