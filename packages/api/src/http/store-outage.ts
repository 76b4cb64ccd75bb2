import { MongoError } from 'mongodb';

/** Names of driver errors that say "not reachable now", whatever the request was. */
const OUTAGES: ReadonlySet<string> = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoOperationTimeoutError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoServerClosedError',
  'MongoServerSelectionError',
  'MongoTopologyClosedError',
  'MongoWaitQueueTimeoutError',
]);

/** Whether the database could not be reached, or could not take the write now: worth trying again, and nobody's mistake. */
export function isStoreOutage(thrown: unknown): boolean {
  if (!(thrown instanceof MongoError)) return false;
  return (
    OUTAGES.has(thrown.name) || thrown.hasErrorLabel('RetryableWriteError') || thrown.hasErrorLabel('RetryableError')
  );
}
