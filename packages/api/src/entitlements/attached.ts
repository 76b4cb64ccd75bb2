import { DomainError, isId } from '@payonce/engine/domain';
import type { EntitlementId, Product, SharedEntitlement } from '@payonce/engine/domain';
import type { ApiDeps } from '../deps.js';
import { ownEntitlementIds } from '../products/entitlements.js';

/** The entitlements of their own that a product gives beside, in its order; deleted ones are given no more. */
export async function attachedTo(
  { stores }: Pick<ApiDeps, 'stores'>,
  { business, mode, attached = [] }: Product,
): Promise<readonly SharedEntitlement[]> {
  return stores.entitlements.findAll({ business, mode, ids: attached });
}

/** An entitlement as products are sent it. */
interface Attachment {
  readonly entitlement_id: string;
}

/**
 * The set that a request attaches to a product, each there and named once. What the product gives by its own fields is listed beside them and may be sent back: it stays as its
 * fields say. Rejects with INVALID_REQUEST_BODY.
 */
export async function attachments(
  { stores, ids }: Pick<ApiDeps, 'stores' | 'ids'>,
  { product, asked }: { readonly product: Product; readonly asked: readonly Attachment[] },
): Promise<readonly EntitlementId[]> {
  const { business, mode } = product;
  const own = ownEntitlementIds({ ids }, product);
  const named = asked.map(({ entitlement_id: id }) => id);
  const twice = named.findIndex((id, index) => named.indexOf(id) !== index);
  if (twice >= 0) throw refusal(twice, 'is named twice');
  const shared = named.filter((id): id is EntitlementId => isId('ent', id) && !own.includes(id));
  const found = new Set((await stores.entitlements.findAll({ business, mode, ids: shared })).map(({ id }) => id));
  const strange = named.findIndex((id) => !(isId('ent', id) && (own.includes(id) || found.has(id))));
  if (strange >= 0) throw refusal(strange, 'there is no such entitlement');
  return shared;
}

const refusal = (index: number, why: string): DomainError =>
  new DomainError('INVALID_REQUEST_BODY', `entitlements.${index}.entitlement_id: ${why}.`);
