import type { DeliveredFiles, DeliveredItem } from '@payonce/plugin-sdk';
import type { EntitlementGrant, GrantStatus } from '../grant.js';
import type { LicenseKey, LicenseKeyStatus } from '../license-key.js';
import { licenseKeyStatus } from '../license-key.js';
import type { Metadata } from '../metadata.js';
import type { WireDigitalDelivery, WireFile } from './digital-delivery.js';
import { integrationType } from './integration-type.js';
import type { IntegrationType } from './integration-type.js';
import { timestamp, timestampOrNull } from './timestamp.js';

/** A grant: GET /entitlements/{id}/grants, GET /customers/{id}/entitlement-grants and entitlement_grant.* events. */
export interface WireGrant {
  readonly id: string;
  readonly entitlement_id: string;
  readonly business_id: string;
  readonly brand_id: string;
  readonly customer_id: string;
  readonly payment_id: string;
  readonly subscription_id: null;
  readonly integration_type: IntegrationType;
  readonly status: 'Pending' | 'Delivered' | 'Failed' | 'Revoked';
  readonly metadata: Metadata;
  readonly license_key: WireGrantedKey | null;
  readonly digital_product_delivery: WireDigitalDelivery | null;
  readonly feature: WireFeature | null;
  readonly oauth_url: null;
  readonly oauth_expires_at: null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly revocation_reason: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly delivered_at: string | null;
  readonly revoked_at: string | null;
  /** Ours: who hands it over. The wire's list of types is closed. */
  readonly provider: string;
  /** Ours: labeled texts and links that were handed over, while access lasts. */
  readonly content: readonly DeliveredItem[] | null;
}

/** A right whose meaning the merchant knows. */
export interface WireFeature {
  readonly feature_type: 'boolean';
  readonly feature_id: string;
}

/** The license key that a grant gave. */
export interface WireGrantedKey {
  readonly id: string;
  readonly key: string;
  readonly status: LicenseKeyStatus;
  readonly activations_used: number;
  readonly activations_limit: number | null;
  readonly expires_at: string | null;
}

const STATUS: Readonly<Record<GrantStatus, WireGrant['status']>> = {
  pending: 'Pending',
  delivered: 'Delivered',
  failed: 'Failed',
  suspended: 'Revoked',
  revoked: 'Revoked',
};

/** What it takes to show a grant. */
export interface ShowGrant {
  readonly grant: EntitlementGrant;
  /** The key that it gave; null when it gave none. */
  readonly key: LicenseKey | null;
  /** Fresh links to what it delivered, shown only while access lasts; left out where links would be stale when read, as in events. */
  readonly files?: readonly WireFile[];
  /** The instant that decides whether the key has expired. */
  readonly now: Date;
}

/** A grant with what it delivered. */
export const toGrant = ({ grant, key, files = [], now }: ShowGrant): WireGrant => ({
  id: grant.id,
  entitlement_id: grant.entitlement,
  business_id: grant.business,
  brand_id: grant.brand,
  customer_id: grant.customer.id,
  payment_id: grant.payment,
  subscription_id: null,
  integration_type: integrationType(grant),
  status: STATUS[grant.status],
  metadata: grant.metadata,
  license_key: key && grantedKey({ key, now }),
  digital_product_delivery: digitalDelivery({ grant, files }),
  feature: feature(grant),
  oauth_url: null,
  oauth_expires_at: null,
  error_code: grant.error?.code ?? null,
  error_message: grant.error?.message ?? null,
  revocation_reason: grant.revocationReason,
  created_at: timestamp(grant.createdAt),
  updated_at: timestamp(grant.updatedAt),
  delivered_at: timestampOrNull(grant.deliveredAt),
  revoked_at: timestampOrNull(grant.revokedAt),
  provider: grant.provider,
  content: items(grant),
});

const feature = (grant: EntitlementGrant): WireFeature | null =>
  integrationType(grant) === 'feature_flag' ? { feature_type: 'boolean', feature_id: grant.provider } : null;

const items = ({ status, delivered }: EntitlementGrant): readonly DeliveredItem[] | null =>
  status === 'delivered' && delivered?.content.kind === 'content' ? delivered.content.items : null;

const grantedKey = ({ key, now }: { readonly key: LicenseKey; readonly now: Date }): WireGrantedKey => ({
  id: key.id,
  key: key.key,
  status: licenseKeyStatus({ key, now }),
  activations_used: key.instances.length,
  activations_limit: key.activationsLimit,
  expires_at: timestampOrNull(key.expiresAt),
});

function digitalDelivery({ grant, files }: Required<Pick<ShowGrant, 'grant' | 'files'>>): WireDigitalDelivery | null {
  const content = grant.delivered?.content;
  if (content?.kind !== 'files') return null;
  const { externalUrl, instructions }: Pick<DeliveredFiles, 'externalUrl' | 'instructions'> =
    grant.status === 'delivered' ? content : {};
  return {
    files: grant.status === 'delivered' ? [...files] : [],
    external_url: externalUrl ?? null,
    instructions: instructions ?? null,
  };
}
