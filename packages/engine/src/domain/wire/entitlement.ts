import type { Json } from '@payonce/plugin-sdk';
import type { Metadata } from '../metadata.js';
import type { SharedEntitlement } from '../shared-entitlement.js';
import type { WireIntegrationConfig } from './entitlement-summary.js';
import { integrationType } from './integration-type.js';
import type { IntegrationType } from './integration-type.js';
import { timestamp } from './timestamp.js';

/** An entitlement of its own: GET /entitlements/{id}. */
export interface WireEntitlement {
  readonly id: string;
  readonly business_id: string;
  readonly name: string;
  readonly description: string | null;
  readonly integration_type: IntegrationType;
  readonly integration_config: WireIntegrationConfig;
  readonly is_active: true;
  readonly metadata: Metadata;
  readonly created_at: string;
  readonly updated_at: string;
  /** Ours: who hands it over. The wire's list of types is closed. */
  readonly provider: string;
  /** Ours: what the provider was told, in its own words. */
  readonly settings: Json;
}

/** The same inside its product. */
export type WireAttachedEntitlement = Pick<
  WireEntitlement,
  'id' | 'name' | 'description' | 'integration_type' | 'integration_config' | 'provider' | 'settings'
>;

/** An entitlement as its merchant sees it. */
export const toEntitlement = (entitlement: SharedEntitlement): WireEntitlement => ({
  ...toAttachedEntitlement(entitlement),
  business_id: entitlement.business,
  is_active: true,
  metadata: entitlement.metadata,
  created_at: timestamp(entitlement.createdAt),
  updated_at: timestamp(entitlement.updatedAt),
});

/** The same inside its product. */
export const toAttachedEntitlement = ({
  id,
  name,
  description,
  provider,
  settings,
}: SharedEntitlement): WireAttachedEntitlement => ({
  id,
  name,
  description,
  integration_type: integrationType({ provider, delivered: null }),
  integration_config: configOf({ provider, settings }),
  provider,
  settings,
});

type Served = Pick<SharedEntitlement, 'provider' | 'settings'>;

function configOf({ provider, settings }: Served): WireIntegrationConfig {
  const fields = isObject(settings) ? settings : {};
  const type = integrationType({ provider, delivered: null });
  if (type === 'license_key') return licenseConfig(fields);
  if (type === 'digital_files') return filesConfig(fields);
  return type === 'feature_flag' ? { feature_type: 'boolean', feature_id: provider } : fields;
}

type Fields = Readonly<Record<string, Json>>;

const filesConfig = (fields: Fields): WireIntegrationConfig => ({
  digital_files: {
    files: [],
    external_url: textOr(fields['externalUrl']),
    instructions: textOr(fields['instructions']),
  },
});

function licenseConfig(fields: Fields): WireIntegrationConfig {
  const duration = fields['duration'];
  const { count = null, interval = null }: Fields = isObject(duration) ? duration : {};
  return {
    activation_message: textOr(fields['activationMessage']),
    activations_limit: numberOr(fields['activationsLimit']),
    duration_count: numberOr(count),
    duration_interval: INTERVALS.find((each) => each === interval) ?? null,
    fulfillment_mode: fields['source'] === 'manual' ? 'manual' : 'auto',
  };
}

const INTERVALS = ['Day', 'Week', 'Month', 'Year'] as const;

const isObject = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOr = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
const numberOr = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);
