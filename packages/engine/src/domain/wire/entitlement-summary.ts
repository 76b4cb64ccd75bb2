import type { Json } from '@payonce/plugin-sdk';
import type { Entitlement, Product } from '../product.js';
import type { WireDigitalDelivery, WireFile } from './digital-delivery.js';
import { integrationType } from './integration-type.js';
import type { IntegrationType } from './integration-type.js';

/** How license keys are made. */
export interface WireLicenseConfig {
  readonly activation_message: string | null;
  readonly activations_limit: number | null;
  readonly duration_count: number | null;
  readonly duration_interval: 'Day' | 'Week' | 'Month' | 'Year' | null;
  readonly fulfillment_mode: 'auto' | 'manual';
}

/** What the wire says about how an entitlement is handed over. */
export type WireIntegrationConfig =
  | WireLicenseConfig
  | { readonly digital_files: WireDigitalDelivery }
  | { readonly feature_type: 'boolean'; readonly feature_id: string }
  | Readonly<Record<string, Json>>;

/** An entitlement inside its product. Settings of providers that the wire does not know stay ours: their config is empty. */
export interface WireEntitlementSummary {
  readonly id: string;
  readonly name: string;
  readonly description: null;
  readonly integration_type: IntegrationType;
  readonly integration_config:
    | WireLicenseConfig
    | { readonly digital_files: WireDigitalDelivery }
    | Record<string, never>;
}

/** What it takes to show an entitlement of a product. */
export interface ShowEntitlement {
  readonly entitlement: Entitlement;
  readonly product: Product;
  readonly files: readonly WireFile[];
}

/** An entitlement, with the settings that its product gives it. */
export function toEntitlementSummary({ entitlement, product, files }: ShowEntitlement): WireEntitlementSummary {
  const type = integrationType({ provider: entitlement.provider, delivered: null });
  return {
    id: entitlement.id,
    name: `${product.name}: ${NAMES[type] ?? entitlement.provider}`,
    description: null,
    integration_type: type,
    integration_config: config({ type, product, files }),
  };
}

const NAMES: Readonly<Partial<Record<IntegrationType, string>>> = {
  license_key: 'license key',
  digital_files: 'files',
};

function config({
  type,
  product,
  files,
}: Omit<ShowEntitlement, 'entitlement'> & {
  readonly type: IntegrationType;
}): WireEntitlementSummary['integration_config'] {
  const { license, delivery } = product;
  if (type === 'digital_files') {
    return {
      digital_files: {
        files: [...files],
        external_url: delivery?.externalUrl ?? null,
        instructions: delivery?.instructions ?? null,
      },
    };
  }
  if (type !== 'license_key') return {};
  return {
    activation_message: license?.activationMessage ?? null,
    activations_limit: license?.activationsLimit ?? null,
    duration_count: license?.duration?.count ?? null,
    duration_interval: license?.duration?.interval ?? null,
    fulfillment_mode: 'auto',
  };
}
