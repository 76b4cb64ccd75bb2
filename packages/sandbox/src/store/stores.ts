import type { Db } from 'mongodb';
import { createDeliveryStore } from './deliveries.js';
import { createEndpointStore } from './endpoints.js';
import { createFaultRuleStore } from './fault-rules.js';
import { createIdempotencyStore } from './idempotency-keys.js';
import { createLedgerStore } from './ledger.js';
import { createPaymentStore } from './payments.js';

/** Every collection of the sandbox behind its store. */
export const createStores = (db: Db) => ({
  payments: createPaymentStore(db),
  ledger: createLedgerStore(db),
  endpoints: createEndpointStore(db),
  deliveries: createDeliveryStore(db),
  keys: createIdempotencyStore(db),
  faultRules: createFaultRuleStore(db),
});

export type Stores = ReturnType<typeof createStores>;
