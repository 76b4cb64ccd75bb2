import type { Delivered } from '@payonce/plugin-sdk';
import type { EntitlementGrant, GrantStatus } from '../domain/grant.js';
import type {
  CustomerId,
  EntitlementId,
  GrantId,
  LicenseInstanceId,
  LicenseKeyId,
  PaymentId,
  ProductId,
} from '../domain/ids.js';
import type { LicenseInstance, LicenseKey, LicenseKeyStatus } from '../domain/license-key.js';
import type { Scope } from '../domain/scope.js';
import type { CreatedBetween, Page } from './page.js';

/** Rights of buyers. Changes with `untold` come through the API: the purchase has to be told of them, and a sweeper sees to it. */
export interface GrantStore {
  /** Adds grants; those whose id exists are left as they are. */
  ensure(grants: readonly EntitlementGrant[]): Promise<void>;
  find(id: GrantId): Promise<EntitlementGrant | undefined>;
  findScoped(key: Scope & { readonly id: GrantId }): Promise<EntitlementGrant | undefined>;
  /** In the order of line, unit and entitlement. */
  listByPayment(payment: PaymentId): Promise<readonly EntitlementGrant[]>;
  list(
    filter: Scope & {
      readonly customer?: CustomerId;
      readonly entitlement?: EntitlementId;
      readonly status?: GrantStatus;
      readonly page: Page;
    },
  ): Promise<readonly EntitlementGrant[]>;
  /** pending or failed → delivered, once: of two deliveries the first stays; a revoked grant stays revoked. Answers the grant as it is then. */
  deliver(change: {
    readonly id: GrantId;
    readonly delivered: Delivered;
    readonly licenseKey: LicenseKeyId | null;
    readonly at: Date;
    readonly untold?: boolean;
  }): Promise<EntitlementGrant>;
  /** Notes what a grant waits for: pending, or failed and tried again. */
  await(change: {
    readonly id: GrantId;
    readonly awaiting: string | null;
    readonly at: Date;
    readonly untold?: boolean;
  }): Promise<EntitlementGrant>;
  /** pending → failed; one that failed otherwise before fails so now. The same failure again changes nothing. */
  fail(change: {
    readonly id: GrantId;
    readonly error: { readonly code: string; readonly message: string };
    readonly at: Date;
    readonly untold?: boolean;
  }): Promise<EntitlementGrant>;
  /** Anything but revoked → revoked. */
  revoke(change: {
    readonly id: GrantId;
    readonly reason: string;
    readonly at: Date;
    readonly untold?: boolean;
  }): Promise<EntitlementGrant>;
  /** Notes that an operator decided not to hand over: pending or failed stays what it is. */
  waive(change: { readonly id: GrantId; readonly at: Date }): Promise<EntitlementGrant>;
  /** Notes, once, that a remote provider took the delivery of a revoked grant back. */
  takeBack(change: { readonly id: GrantId; readonly at: Date }): Promise<EntitlementGrant>;
  /** Changes made with `untold` of which no purchase was told, oldest first. */
  listUntold(filter: { readonly before: Date; readonly limit: number }): Promise<readonly EntitlementGrant[]>;
  /** The purchase was told of the grant as it was at that change; later ones stay untold. */
  markTold(grant: { readonly id: GrantId; readonly updatedAt: Date }): Promise<void>;
}

/** What callers may list keys by. */
export interface LicenseKeyFilter extends Scope, CreatedBetween {
  readonly customer?: CustomerId;
  readonly product?: ProductId;
  readonly status?: LicenseKeyStatus;
  readonly source?: LicenseKey['source'];
  /** The instant that decides what has expired. */
  readonly now: Date;
  readonly page: Page;
}

/** License keys; the number of activations is guarded in the key's own document. */
export interface LicenseStore {
  /** Adds a key unless its grant has one; answers the grant's key. */
  ensureForGrant(key: LicenseKey): Promise<LicenseKey>;
  find(key: Scope & { readonly id: LicenseKeyId }): Promise<LicenseKey | undefined>;
  /** Over all businesses and modes: the caller has nothing but the key. */
  findByKey(key: string): Promise<LicenseKey | undefined>;
  list(filter: LicenseKeyFilter): Promise<readonly LicenseKey[]>;
  /** Adds an instance if the limit allows; false when it does not. Exact under any concurrency; one that is there already is true and takes no second seat. */
  activate(change: { readonly id: LicenseKeyId; readonly instance: LicenseInstance }): Promise<boolean>;
  /** Removes an instance; false when the key has no such instance. */
  deactivate(change: { readonly id: LicenseKeyId; readonly instance: LicenseInstanceId }): Promise<boolean>;
  /** Changes the given fields; false when there is no such key. Rejects with ACTIVATION_LIMIT_LESS_THAN_CURRENT_AMOUNT for a limit below the instances in use. */
  update(
    change: Scope & {
      readonly id: LicenseKeyId;
      readonly set: Partial<Pick<LicenseKey, 'activationsLimit' | 'expiresAt' | 'disabled'>>;
    },
  ): Promise<boolean>;
  disableForGrant(grant: GrantId): Promise<void>;
}
