import type { Currency, Json, TaxCategory } from '@payonce/plugin-sdk';
import type { BrandId, EntitlementId, ProductId } from './ids.js';
import type { Metadata } from './metadata.js';
import type { Scope } from './scope.js';

/** What one unit of a product costs. */
export interface Price {
  readonly currency: Currency;
  /** Minor units, before the discount; tax inside when `taxInclusive`. */
  readonly amount: number;
  /** Product discount in basis points, 0 to 10,000. */
  readonly discountBps: number;
  readonly taxInclusive: boolean;
}

/** What a buyer of one unit gets, and which fulfillment provider hands it over. */
export interface Entitlement {
  readonly id: EntitlementId;
  readonly provider: string;
  /** As the provider's own schema parsed them. */
  readonly settings: Json;
}

/** An uploaded file of a product. */
export interface ProductFile {
  /** A UUID. */
  readonly id: string;
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
}

/** How license keys of a product are made. */
export interface LicenseSettings {
  readonly activationMessage: string | null;
  /** null for any number. */
  readonly activationsLimit: number | null;
  readonly duration: { readonly count: number; readonly interval: 'Day' | 'Week' | 'Month' | 'Year' } | null;
}

/** Files, a link and a text that a buyer gets. */
export interface DigitalDelivery {
  readonly files: readonly string[];
  readonly externalUrl: string | null;
  readonly instructions: string | null;
}

/** Something for sale. */
export interface Product extends Scope {
  readonly id: ProductId;
  readonly brand: BrandId;
  readonly name: string;
  readonly description: string | null;
  /** Key of the image in the file store; null without one. */
  readonly image: string | null;
  readonly category: TaxCategory;
  readonly price: Price;
  /** null when the product gives no license keys. */
  readonly license: LicenseSettings | null;
  readonly delivery: DigitalDelivery | null;
  /** Entitlements of their own that its buyers get beside, each once; absent in older records. */
  readonly attached?: readonly EntitlementId[];
  readonly metadata: Metadata;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
