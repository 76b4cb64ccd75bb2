import type { EntitlementGrant, Session } from '@payonce/engine/domain';
import type { StandingDeps } from './standing-deps.js';

/** Makes and delivers the grants of a paid session, each by its provider. */
export async function handOver(deps: StandingDeps, session: Session): Promise<void> {
  const payment = await deps.stores.payments.find(session.payment);
  const customer = payment?.customer;
  if (!customer) return;
  const grants = session.lines.flatMap((line) =>
    line.entitlements.flatMap((entitlement) =>
      Array.from({ length: line.quantity }, (_, unit) =>
        newGrant(deps, { session, line, entitlement, unit, customer }),
      ),
    ),
  );
  await deps.stores.grants.ensure(grants);
  for (const grant of grants) await deliver(deps, grant);
  const kinds = new Set(grants.map(({ provider }) => provider));
  await deps.stores.payments.setDeliverables({
    id: session.payment,
    hasLicenseKey: kinds.has('license-keys'),
    hasDigitalDelivery: kinds.has('files'),
  });
}

type Line = Session['lines'][number];

interface Unit {
  readonly session: Session;
  readonly line: Line;
  readonly entitlement: Line['entitlements'][number];
  readonly unit: number;
  readonly customer: EntitlementGrant['customer'];
}

function newGrant(
  { ids, clock }: StandingDeps,
  { session, line, entitlement, unit, customer }: Unit,
): EntitlementGrant {
  const now = clock.now();
  return {
    id: ids.derive('entg', session.payment, line.id, String(unit), entitlement.id),
    business: session.business,
    mode: session.mode,
    payment: session.payment,
    session: session.id,
    brand: session.brand,
    customer,
    line: line.id,
    unit,
    product: line.product,
    productName: line.name,
    entitlement: entitlement.id,
    provider: entitlement.provider,
    reach: entitlement.reach,
    settings: entitlement.settings,
    status: 'pending',
    awaiting: null,
    delivered: null,
    licenseKey: null,
    error: null,
    revocationReason: null,
    metadata: {},
    createdAt: now,
    updatedAt: now,
    deliveredAt: null,
    revokedAt: null,
  };
}

async function deliver({ stores, plugins, ids, clock }: StandingDeps, grant: EntitlementGrant): Promise<void> {
  const { id, mode, customer, ...rest } = grant;
  const delivered = await plugins
    .fulfillment(grant.provider)
    .fulfill({ grant: { ...rest, id, mode, customer }, idempotencyKey: id, mode });
  if (delivered.outcome !== 'delivered') return;
  const { content } = delivered;
  const key =
    content.kind === 'license_key'
      ? await stores.licenses.ensureForGrant({
          id: ids.derive('lic', id),
          business: grant.business,
          mode,
          key: content.key,
          source: 'auto',
          brand: grant.brand,
          customer,
          product: grant.product,
          productName: grant.productName,
          payment: grant.payment,
          grant: id,
          disabled: false,
          activationsLimit: content.activationsLimit,
          activationMessage: content.activationMessage ?? null,
          expiresAt: content.expiresAt === null ? null : new Date(content.expiresAt),
          instances: [],
          createdAt: clock.now(),
        })
      : undefined;
  await stores.grants.deliver({ id, delivered, licenseKey: key?.id ?? null, at: clock.now() });
}
