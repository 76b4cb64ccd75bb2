import type { BusinessStore } from './business-store.js';
import type { CustomerStore } from './customer-store.js';
import type { DownloadStore } from './download-store.js';
import type { EntitlementStore } from './entitlement-store.js';
import type { EndpointStore, EventStore } from './event-store.js';
import type { GrantStore, LicenseStore } from './grant-store.js';
import type { IdempotencyStore } from './idempotency-store.js';
import type { InboxStore } from './inbox-store.js';
import type { LeaseStore } from './lease-store.js';
import type { PaymentStore } from './payment-store.js';
import type { PluginDocumentStore } from './plugin-document-store.js';
import type { ProductStore } from './product-store.js';
import type { AttemptStore, SessionStore } from './session-store.js';

/** Everything that is kept, by collection. */
export interface Stores {
  readonly businesses: BusinessStore;
  readonly products: ProductStore;
  readonly entitlements: EntitlementStore;
  readonly customers: CustomerStore;
  readonly sessions: SessionStore;
  readonly attempts: AttemptStore;
  readonly payments: PaymentStore;
  readonly grants: GrantStore;
  readonly licenses: LicenseStore;
  readonly events: EventStore;
  readonly endpoints: EndpointStore;
  readonly inbox: InboxStore;
  readonly idempotency: IdempotencyStore;
  readonly leases: LeaseStore;
  readonly downloads: DownloadStore;
  readonly pluginDocuments: PluginDocumentStore;
}
