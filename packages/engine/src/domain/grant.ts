import type { Delivered, Json } from '@payonce/plugin-sdk';
import type { CustomerDetails } from './customer.js';
import type { BrandId, EntitlementId, GrantId, LicenseKeyId, PaymentId, ProductId, SessionId } from './ids.js';
import type { Metadata } from './metadata.js';
import type { Scope } from './scope.js';

/** Where a grant stands. On the wire in title case; suspended shows as revoked there. */
export type GrantStatus = 'pending' | 'delivered' | 'failed' | 'suspended' | 'revoked';

/** One right of one buyer: one entitlement of one unit of one line. */
export interface EntitlementGrant extends Scope {
  readonly id: GrantId;
  readonly payment: PaymentId;
  readonly session: SessionId;
  readonly brand: BrandId;
  readonly customer: CustomerDetails;
  readonly line: string;
  /** 0-based. */
  readonly unit: number;
  readonly product: ProductId;
  readonly productName: string;
  readonly entitlement: EntitlementId;
  readonly provider: string;
  readonly reach: 'own_stores' | 'outside' | 'remote';
  /** Where the provider's own worker listens; there when the reach is 'remote'. */
  readonly taskQueue?: string;
  readonly settings: Json;
  readonly status: GrantStatus;
  /** What is awaited while pending; null otherwise. */
  readonly awaiting: string | null;
  readonly delivered: Delivered | null;
  readonly licenseKey: LicenseKeyId | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly revocationReason: string | null;
  readonly metadata: Metadata;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deliveredAt: Date | null;
  readonly revokedAt: Date | null;
  /** When an operator decided that it is not handed over; there when one did. */
  readonly waivedAt?: Date;
  /** When a remote provider said that it took the delivery back; there when it did. */
  readonly takenBackAt?: Date;
  /** Whether something came through the API that the purchase was not told of yet; there when something ever did. */
  readonly untold?: boolean;
}
