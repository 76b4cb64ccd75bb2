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

/** LicenseKeyStatus of the wire. */
export type LicenseKeyStatus = 'active' | 'expired' | 'disabled';

/** A disabled key stays disabled when it also expires. */
export const licenseKeyStatus = ({ key, now }: { key: LicenseKey; now: Date }): LicenseKeyStatus =>
  key.disabled ? 'disabled' : key.expiresAt !== null && key.expiresAt <= now ? 'expired' : 'active';
