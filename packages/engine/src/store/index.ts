export { connectMongo } from './connect.js';
export type { MongoConnection } from './connect.js';
export { CorruptDocumentError, MissingDocumentError } from './errors.js';
export { ensureIndexes, indexesReady } from './indexes.js';
export { createRefundReservations } from './reserve-refund.js';
export { createStores } from './stores.js';
export type { CorruptionReport } from './table.js';
