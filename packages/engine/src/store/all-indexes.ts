import { apiKeyIndexes } from './api-keys.js';
import { businessIndexes } from './businesses.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { customerIndexes } from './customers.js';
import { deliveryIndexes } from './deliveries.js';
import { endpointIndexes } from './endpoints.js';
import { entitlementIndexes } from './entitlements.js';
import { eventIndexes } from './events.js';
import { idempotencyIndexes } from './idempotency.js';
import { inboxIndexes } from './inbox.js';
import { pluginDocumentIndexes } from './plugin-documents.js';
import { productIndexes } from './products.js';
import { purchaseIndexes } from './purchases.js';
import { uploadIndexes } from './uploads.js';

/** Every index of every collection. */
export const ALL_INDEXES: readonly CollectionIndexes[] = [
  apiKeyIndexes,
  businessIndexes,
  customerIndexes,
  deliveryIndexes,
  endpointIndexes,
  entitlementIndexes,
  eventIndexes,
  idempotencyIndexes,
  inboxIndexes,
  pluginDocumentIndexes,
  productIndexes,
  uploadIndexes,
  ...purchaseIndexes,
];
