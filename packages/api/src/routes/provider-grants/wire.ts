import type { EntitlementGrant } from '@payonce/engine/domain';

/** What a provider is to do about a grant; null when there is nothing left to do. */
export type Work = 'fulfill' | 'revoke' | null;

/** A grant for the provider that serves it: who bought what, how the product is set up, and what is to be done. */
export const toProviderGrant = (grant: EntitlementGrant) => ({
  id: grant.id,
  work: workOf(grant),
  status: grant.status,
  payment_id: grant.payment,
  business_id: grant.business,
  mode: grant.mode,
  provider: grant.provider,
  entitlement_id: grant.entitlement,
  product: { id: grant.product, name: grant.productName },
  unit: grant.unit,
  customer: { id: grant.customer.id, email: grant.customer.email, name: grant.customer.name },
  settings: grant.settings,
  idempotency_key: idempotencyKeyOf(grant),
  awaiting: grant.awaiting,
  error_code: grant.error?.code ?? null,
  delivered: grant.delivered,
  revocation_reason: grant.revocationReason,
  created_at: grant.createdAt.toISOString(),
  delivered_at: grant.deliveredAt?.toISOString() ?? null,
  revoked_at: grant.revokedAt?.toISOString() ?? null,
  taken_back_at: grant.takenBackAt?.toISOString() ?? null,
});

/** A provider that runs in this installation takes back what it delivered when it is called, so only a remote one is told to. */
function workOf({ status, taskQueue, takenBackAt }: EntitlementGrant): Work {
  if (status === 'pending' || status === 'failed') return 'fulfill';
  return status === 'revoked' && taskQueue !== undefined && takenBackAt === undefined ? 'revoke' : null;
}

const idempotencyKeyOf = ({ id, payment, status }: EntitlementGrant): string =>
  `${payment}:${status === 'revoked' ? 'revoke' : 'fulfill'}:${id}`;
