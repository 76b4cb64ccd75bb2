import { createPurchaseClient } from '@payonce/engine/client';
import type { PurchaseClient } from '@payonce/engine/client';
import type { CliConfig } from '../config.js';
import { openRecords } from './records.js';
import type { Records } from './records.js';
import { openTemporal } from './temporal.js';
import type { Temporal } from './temporal.js';

/** Records and purchases of an installation. */
export interface Shop extends Records {
  readonly config: CliConfig;
  readonly temporal: Temporal;
  readonly purchases: PurchaseClient;
}

/** What commands about purchases work with. */
export type Desk = Pick<Shop, 'stores' | 'temporal' | 'purchases'>;

/** Does something with the records alone, and closes them. */
export async function withRecords<Result>(
  config: CliConfig,
  work: (records: Records) => Promise<Result>,
): Promise<Result> {
  const records = await openRecords(config);
  try {
    return await work(records);
  } finally {
    await records.mongo.close();
  }
}

/** Does something with records and purchases, and closes both. */
export async function withShop<Result>(config: CliConfig, work: (shop: Shop) => Promise<Result>): Promise<Result> {
  return withRecords(config, async (records) => {
    const temporal = await openTemporal(config);
    const { sessions, businesses } = records.stores;
    const purchases = createPurchaseClient({
      client: temporal.client,
      taskQueuePrefix: config.TASK_QUEUE_PREFIX,
      sessions,
      businesses,
    });
    try {
      return await work({ ...records, config, temporal, purchases });
    } finally {
      await temporal.connection.close();
    }
  });
}
