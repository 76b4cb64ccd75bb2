export type { ApiKey, Business, BusinessStore } from './business-store.js';
export type { CustomerStore } from './customer-store.js';
export type { Encryption } from './encryption.js';
export type { EntitlementChange, EntitlementStore } from './entitlement-store.js';
export type { EndpointStore, EventStore } from './event-store.js';
export type { GrantStore, LicenseKeyFilter, LicenseStore } from './grant-store.js';
export type { ClaimKey, IdempotencyClaim, IdempotencyStore, LostAnswer, LostRequest } from './idempotency-store.js';
export type { InboxEntry, InboxStore } from './inbox-store.js';
export type { LeaseStore } from './lease-store.js';
export type {
  Clock,
  FileStore,
  HttpSender,
  Ids,
  Logger,
  Secrets,
  WebhookDispatcher,
  WebhookSigner,
} from './outside.js';
export type { CreatedBetween, Page } from './page.js';
export type { PaymentFilter, PaymentStore, RefundReservations, ReservedRefund, StateChange } from './payment-store.js';
export type { ConfiguredPlugin, PluginConfig, Routes } from './plugin-config.js';
export type { PluginDocument, PluginDocumentStore, PluginShelf } from './plugin-document-store.js';
export type { ProductChange, ProductStore, Upload } from './product-store.js';
export { SendError, isSendError } from './send-error.js';
export type { SendErrorCode } from './send-error.js';
export type { AttemptStore, SessionStore } from './session-store.js';
export type { Stores } from './stores.js';
