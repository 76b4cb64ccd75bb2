import { apiKeyIndexes } from './api-keys.js';
import { businessIndexes } from './businesses.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { catalogIndexes } from './catalog-indexes.js';
import { customerIndexes } from './customers.js';
import { deliveryIndexes } from './deliveries.js';
import { endpointIndexes } from './endpoints.js';
import { eventIndexes } from './events.js';
import { idempotencyIndexes } from './idempotency.js';
import { inboxIndexes } from './inbox.js';
import { pluginDocumentIndexes } from './plugin-documents.js';
import { purchaseIndexes } from './purchases.js';

/** Every index of every collection. */
export const ALL_INDEXES: readonly CollectionIndexes[] = [
  apiKeyIndexes,
  businessIndexes,
  customerIndexes,
  deliveryIndexes,
  endpointIndexes,
  eventIndexes,
  idempotencyIndexes,
  inboxIndexes,
  pluginDocumentIndexes,
  ...catalogIndexes,
  ...purchaseIndexes,
];
