import type { Mode } from '@payonce/plugin-sdk';
import type { BrandId, BusinessId } from '../domain/ids.js';
import type { Scope } from '../domain/scope.js';

/** A merchant of this installation. */
export interface Business {
  readonly id: BusinessId;
  readonly name: string;
  readonly brand: BrandId;
  /** ISO 3166-1 alpha-2: where the seller is, for tax; null when not said. */
  readonly country: string | null;
  readonly refundWindowDays: number;
  readonly createdAt: Date;
}

/** A secret key of the API. Only a keyed hash of it is kept. */
export interface ApiKey extends Scope {
  readonly hash: string;
  readonly last4: string;
  readonly name: string;
  /** The fulfillment provider that it belongs to: it opens that provider's grants and nothing else. Left out for a merchant's key. */
  readonly provider?: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** Merchants and their keys. */
export interface BusinessStore {
  /** Adds a business unless one with that id exists. */
  ensure(business: Business): Promise<void>;
  find(id: BusinessId): Promise<Business | undefined>;
  first(): Promise<Business | undefined>;
  /** Adds a key; adding the same hash again changes nothing. */
  addKey(key: ApiKey): Promise<void>;
  /** The live key of that hash. */
  findKey(hash: string): Promise<ApiKey | undefined>;
  listKeys(filter: { business: BusinessId; mode: Mode }): Promise<readonly ApiKey[]>;
  revokeKey(request: { hash: string; at: Date }): Promise<boolean>;
}
