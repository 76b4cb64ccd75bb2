import type { Delivered, DeliveredLicense } from '@payonce/plugin-sdk';
import type { EntitlementGrant } from './grant.js';
import type { BrandId, CustomerId, GrantId, LicenseInstanceId, LicenseKeyId, PaymentId, ProductId } from './ids.js';
import type { Scope } from './scope.js';

/** One place where a key is in use. */
export interface LicenseInstance {
  readonly id: LicenseInstanceId;
  readonly name: string;
  readonly createdAt: Date;
}

/** A license key. Its activations live in it, so that the limit is one document's. */
export interface LicenseKey extends Scope {
  readonly id: LicenseKeyId;
  readonly key: string;
  readonly source: 'auto' | 'import' | 'manual';
  readonly brand: BrandId;
  readonly customer: { readonly id: CustomerId; readonly email: string; readonly name: string };
  readonly product: ProductId;
  readonly productName: string;
  readonly payment: PaymentId | null;
  /** Unique: one key per grant. */
  readonly grant: GrantId | null;
  readonly disabled: boolean;
  readonly activationsLimit: number | null;
  readonly activationMessage: string | null;
  readonly expiresAt: Date | null;
  readonly instances: readonly LicenseInstance[];
  readonly createdAt: Date;
}

/** The key that a provider delivered for a grant. */
export const licenseOfGrant = ({
  id,
  grant,
  content,
  at,
}: {
  readonly id: LicenseKeyId;
  readonly grant: EntitlementGrant;
  readonly content: DeliveredLicense;
  readonly at: Date;
}): LicenseKey => ({
  id,
  business: grant.business,
  mode: grant.mode,
  key: content.key,
  source: 'auto',
  brand: grant.brand,
  customer: { id: grant.customer.id, email: grant.customer.email, name: grant.customer.name },
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

/** A delivery with the key that counts: the first that was stored for the grant, whatever a later try answered. */
export const withStoredKey = (delivered: Delivered, license: LicenseKey | undefined): Delivered =>
  license === undefined || delivered.content.kind !== 'license_key'
    ? delivered
    : {
        ...delivered,
        content: {
          ...delivered.content,
          key: license.key,
          activationsLimit: license.activationsLimit,
          expiresAt: license.expiresAt?.toISOString() ?? null,
        },
      };

/** LicenseKeyStatus of the wire. */
export type LicenseKeyStatus = 'active' | 'expired' | 'disabled';

/** A disabled key stays disabled when it also expires. */
export const licenseKeyStatus = ({ key, now }: { key: LicenseKey; now: Date }): LicenseKeyStatus =>
  key.disabled ? 'disabled' : key.expiresAt !== null && key.expiresAt <= now ? 'expired' : 'active';
