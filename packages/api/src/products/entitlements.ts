import type { Entitlement, EntitlementId, Product } from '@payonce/engine/domain';
import type { Plugins } from '@payonce/engine/plugins';
import type { Ids, Upload } from '@payonce/engine/ports';

/** The provider that makes license keys. */
const LICENSE_PROVIDER = 'license-keys';
/** The provider that hands over files, a link and a text. */
const FILES_PROVIDER = 'files';

/**
 * What a buyer of one unit gets by the fields of the product, with settings as each provider's own schema parsed them. Ids derive from product and provider: the same over every call.
 * Rejects with INVALID_REQUEST_BODY when a provider refuses its settings.
 */
export async function entitlementsOf(
  { plugins, ids }: { readonly plugins: Pick<Plugins, 'parseSettings'>; readonly ids: Pick<Ids, 'derive'> },
  { product, uploads }: { readonly product: Product; readonly uploads: readonly Upload[] },
): Promise<readonly Entitlement[]> {
  const planned = [...licensePlan(product), ...deliveryPlan(product, uploads)];
  return Promise.all(
    planned.map(async ({ provider, settings }) => ({
      id: ids.derive('ent', product.id, provider),
      provider,
      settings: await plugins.parseSettings({ provider, settings }),
    })),
  );
}

/** The ids of what a product gives by its own fields, as {@link entitlementsOf} makes them. */
export const ownEntitlementIds = (
  { ids }: { readonly ids: Pick<Ids, 'derive'> },
  product: Product,
): readonly EntitlementId[] =>
  [...licensePlan(product), ...deliveryPlan(product, [])].map(({ provider }) =>
    ids.derive('ent', product.id, provider),
  );

interface Plan {
  readonly provider: string;
  readonly settings: unknown;
}

const licensePlan = ({ license }: Product): readonly Plan[] =>
  license ? [{ provider: LICENSE_PROVIDER, settings: license }] : [];

/** Files keep the order that the merchant gave them. */
function deliveryPlan({ delivery }: Product, uploads: readonly Upload[]): readonly Plan[] {
  if (!delivery) return [];
  const files = delivery.files.flatMap((id) =>
    uploads.filter((upload) => upload.id === id).map(({ filename }) => ({ file: id, filename })),
  );
  return [
    {
      provider: FILES_PROVIDER,
      settings: { files, externalUrl: delivery.externalUrl, instructions: delivery.instructions },
    },
  ];
}
