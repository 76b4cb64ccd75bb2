import type { Stores } from '../ports/stores.js';
import { attemptIndexes, attemptStore } from './attempts.js';
import type { CollectionIndexes } from './collection-indexes.js';
import { grantIndexes, grantStore } from './grants.js';
import { invoiceIndexes } from './invoices.js';
import { licenseKeyIndexes, licenseStore } from './license-keys.js';
import { paymentIndexes, paymentStore } from './payments.js';
import { sessionIndexes, sessionStore } from './sessions.js';
import type { SealedTableDeps } from './table.js';

export const purchaseIndexes: readonly CollectionIndexes[] = [
  attemptIndexes,
  grantIndexes,
  invoiceIndexes,
  licenseKeyIndexes,
  paymentIndexes,
  sessionIndexes,
];

/** What a purchase consists of, from its session to the goods. */
export const purchaseStores = (
  deps: SealedTableDeps,
): Pick<Stores, 'sessions' | 'attempts' | 'payments' | 'grants' | 'licenses'> => ({
  sessions: sessionStore(deps),
  attempts: attemptStore(deps),
  payments: paymentStore(deps),
  grants: grantStore(deps),
  licenses: licenseStore(deps),
});
