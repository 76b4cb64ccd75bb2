import type { LicenseInstance, LicenseKey, LicenseKeyStatus } from '../license-key.js';
import { licenseKeyStatus } from '../license-key.js';
import { timestamp, timestampOrNull } from './timestamp.js';

/** A license key: GET /license_keys and license_key.created. */
export interface WireLicenseKey {
  readonly id: string;
  readonly business_id: string;
  readonly brand_id: string;
  readonly customer_id: string;
  readonly product_id: string;
  readonly payment_id: string | null;
  readonly subscription_id: null;
  readonly key: string;
  readonly status: LicenseKeyStatus;
  readonly source: LicenseKey['source'];
  /** null for any number. */
  readonly activations_limit: number | null;
  readonly instances_count: number;
  readonly expires_at: string | null;
  readonly created_at: string;
}

/** One activation of a key. */
export interface WireLicenseInstance {
  readonly id: string;
  readonly business_id: string;
  readonly license_key_id: string;
  readonly name: string;
  readonly created_at: string;
}

/** The answer to POST /licenses/activate. */
export interface WireLicenseActivation extends WireLicenseInstance {
  readonly customer: { readonly customer_id: string; readonly email: string; readonly name: string };
  readonly product: { readonly product_id: string; readonly name: string };
}

/** A key as it is at an instant, which decides whether it has expired. */
export const toLicenseKey = ({ key, now }: { readonly key: LicenseKey; readonly now: Date }): WireLicenseKey => ({
  id: key.id,
  business_id: key.business,
  brand_id: key.brand,
  customer_id: key.customer.id,
  product_id: key.product,
  payment_id: key.payment,
  subscription_id: null,
  key: key.key,
  status: licenseKeyStatus({ key, now }),
  source: key.source,
  activations_limit: key.activationsLimit,
  instances_count: key.instances.length,
  expires_at: timestampOrNull(key.expiresAt),
  created_at: timestamp(key.createdAt),
});

/** An activation with the key whose document holds it. */
export interface InstanceOfKey {
  readonly key: LicenseKey;
  readonly instance: LicenseInstance;
}

/** GET /license_key_instances. */
export const toLicenseInstance = ({ key, instance }: InstanceOfKey): WireLicenseInstance => ({
  id: instance.id,
  business_id: key.business,
  license_key_id: key.id,
  name: instance.name,
  created_at: timestamp(instance.createdAt),
});

/** What an activation answers: the instance, whose key it is, and of what. */
export const toLicenseActivation = ({ key, instance }: InstanceOfKey): WireLicenseActivation => ({
  ...toLicenseInstance({ key, instance }),
  customer: { customer_id: key.customer.id, email: key.customer.email, name: key.customer.name },
  product: { product_id: key.product, name: key.productName },
});
