import type { Db } from 'mongodb';
import type { Encryption } from '../ports/encryption.js';
import type { Stores } from '../ports/stores.js';
import { businessStore } from './businesses.js';
import { customerStore } from './customers.js';
import { downloadStore } from './downloads.js';
import { endpointStore } from './endpoints.js';
import { entitlementStore } from './entitlements.js';
import { eventStore } from './events.js';
import { idempotencyStore } from './idempotency.js';
import { inboxStore } from './inbox.js';
import { leaseStore } from './leases.js';
import { pluginDocumentStore } from './plugin-documents.js';
import { productStore } from './products.js';
import { purchaseStores } from './purchases.js';
import type { CorruptionReport } from './table.js';

/**
 * Every store, behind MongoDB. Nothing here needs a transaction: what must hold together is one document or one unique
 * index, so `ensureIndexes` comes first.
 *
 * @param onCorrupt told of each document that a sweep passed over because it cannot be read; without it the sweep
 * rejects
 */
export function createStores({
  db,
  encryption,
  onCorrupt = rethrow,
}: {
  readonly db: Db;
  readonly encryption: Encryption;
  readonly onCorrupt?: CorruptionReport;
}): Stores {
  const deps = { db, encryption, onCorrupt };
  return {
    businesses: businessStore(deps),
    products: productStore(deps),
    entitlements: entitlementStore(deps),
    customers: customerStore(deps),
    ...purchaseStores(deps),
    events: eventStore(deps),
    endpoints: endpointStore(deps),
    inbox: inboxStore(deps),
    idempotency: idempotencyStore(deps),
    leases: leaseStore(deps),
    downloads: downloadStore(deps),
    pluginDocuments: pluginDocumentStore(deps),
  };
}

const rethrow: CorruptionReport = (error) => {
  throw error;
};
