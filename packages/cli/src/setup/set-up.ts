import { randomUUID } from 'node:crypto';
import type { Business } from '@payonce/engine/ports';
import { ensureIndexes, indexesReady } from '@payonce/engine/store';
import type { CliConfig } from '../config.js';
import { openRecords } from '../connections/records.js';
import type { Records } from '../connections/records.js';
import { openTemporal } from '../connections/temporal.js';
import { Explained } from '../explained.js';
import { until } from '../until.js';
import { ensureBusiness } from './business.js';
import { ensureKey } from './first-key.js';
import type { KeyWish } from './first-key.js';
import { ensureNamespace } from './namespace.js';
import type { NamespaceReport } from './namespace.js';
import { ensureSearchAttributes } from './search-attributes.js';

/** What a set-up found and did. */
export interface SetUp {
  readonly namespace: NamespaceReport;
  readonly searchAttributesAdded: readonly string[];
  readonly business: Business;
  readonly businessMade: boolean;
  readonly key: { readonly key: string; readonly made: boolean } | undefined;
}

/** Makes an installation ready for api and worker. May run any number of times, and in several processes at once. */
export async function setUp({ config, wish }: { readonly config: CliConfig; readonly wish: KeyWish }): Promise<SetUp> {
  const [purchases, records] = await Promise.all([setUpTemporal(config), setUpRecords({ config, wish })]);
  return { ...purchases, ...records };
}

async function setUpTemporal(config: CliConfig): Promise<Pick<SetUp, 'namespace' | 'searchAttributesAdded'>> {
  const temporal = await openTemporal(config);
  try {
    const namespace = await ensureNamespace(temporal);
    return { namespace, searchAttributesAdded: await ensureSearchAttributes(temporal) };
  } finally {
    await temporal.connection.close();
  }
}

async function setUpRecords({
  config,
  wish,
}: {
  readonly config: CliConfig;
  readonly wish: KeyWish;
}): Promise<Pick<SetUp, 'business' | 'businessMade' | 'key'>> {
  const records = await openRecords(config);
  try {
    const { db } = records.mongo;
    await ensureIndexes({ db });
    const missing = await indexesReady({ db });
    if (missing.length > 0) throw new Explained(`These indexes could not be made: ${missing.join(', ')}`);
    return await alone(records, async () => {
      const { business, made } = await ensureBusiness(records, config);
      return { business, businessMade: made, key: await ensureKey(records, { business, wish }) };
    });
  } finally {
    await records.mongo.close();
  }
}

const LEASE_MS = 30_000;

/** One set-up at a time looks for a key and makes one, so that two at once do not make two. */
async function alone<Result>(
  { stores: { leases } }: Pick<Records, 'stores'>,
  work: () => Promise<Result>,
): Promise<Result> {
  const [name, holder] = ['setup', randomUUID()];
  const hold = async (): Promise<true | undefined> => {
    const now = new Date();
    return (await leases.hold({ name, holder, now, until: new Date(now.getTime() + LEASE_MS) })) || undefined;
  };
  await until({ what: 'another set-up', forMs: 2 * LEASE_MS, look: hold });
  try {
    return await work();
  } finally {
    await leases.release({ name, holder });
  }
}
