import type { CustomerDetails, EntitlementGrant, Grant, Json, Session } from '../domain/index.js';
import type { Ids } from '../ports/index.js';

/** What a session hands over: one grant per entitlement and unit, under ids that derive from the purchase, so they are the same before the money and after it. */
export const plannedGrants = (
  { ids }: { readonly ids: Pick<Ids, 'derive'> },
  { session, customer, at }: { readonly session: Session; readonly customer: CustomerDetails; readonly at: Date },
): readonly EntitlementGrant[] =>
  session.lines.flatMap((line) =>
    Array.from({ length: line.quantity }, (_, unit) => unit).flatMap((unit) =>
      line.entitlements.map((entitlement): EntitlementGrant => ({
        id: ids.derive('entg', session.payment, line.id, entitlement.id, String(unit)),
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
        ...(entitlement.taskQueue !== undefined && { taskQueue: entitlement.taskQueue }),
        settings: entitlement.settings,
        status: 'pending',
        awaiting: null,
        delivered: null,
        licenseKey: null,
        error: null,
        revocationReason: null,
        metadata: {},
        createdAt: at,
        updatedAt: at,
        deliveredAt: null,
        revokedAt: null,
      })),
    ),
  );

/** A grant as its provider gets to see it. */
export const forProvider = ({
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
