import type { EntitlementId } from '../domain/ids.js';
import type { Scope } from '../domain/scope.js';
import type { SharedEntitlement } from '../domain/shared-entitlement.js';
import type { Page } from './page.js';

/** What a PATCH may change. */
export type EntitlementChange = Partial<Pick<SharedEntitlement, 'name' | 'description' | 'settings' | 'metadata'>>;

/** Entitlements that products share. Deleted ones are found by nothing here. */
export interface EntitlementStore {
  insert(entitlement: SharedEntitlement): Promise<void>;
  find(key: Scope & { readonly id: EntitlementId }): Promise<SharedEntitlement | undefined>;
  /** In the order of the ids. */
  findAll(key: Scope & { readonly ids: readonly EntitlementId[] }): Promise<readonly SharedEntitlement[]>;
  list(filter: Scope & { readonly page: Page }): Promise<readonly SharedEntitlement[]>;
  /** Changes the given fields; false when there is no such entitlement. */
  update(
    change: Scope & { readonly id: EntitlementId; readonly set: EntitlementChange; readonly at: Date },
  ): Promise<boolean>;
  /** False when there is no such entitlement, or not any more. */
  remove(change: Scope & { readonly id: EntitlementId; readonly at: Date }): Promise<boolean>;
}
