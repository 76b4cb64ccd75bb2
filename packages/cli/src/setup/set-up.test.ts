import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import type { TestDatabase } from '../../../../test/setup/mongodb.js';
import { testTemporalAddress } from '../../../../test/setup/temporal.js';
import { readConfig } from '../config.js';
import type { CliConfig } from '../config.js';
import { withRecords } from '../connections/shop.js';
import { openTemporal } from '../connections/temporal.js';
import { setUp } from './set-up.js';

let folder: string;
const databases: TestDatabase[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'payonce-setup-'));
});

afterAll(async () => {
  for (const database of databases) await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** An installation with nothing in it. */
async function fresh(): Promise<CliConfig> {
  const database = await testDatabase('setup');
  databases.push(database);
  return readConfig({
    MONGODB_URI: database.uri,
    MONGODB_DATABASE: database.name,
    TEMPORAL_ADDRESS: testTemporalAddress(),
    TEMPORAL_NAMESPACE: `setup-${randomUUID()}`,
    PAYONCE_SECRET: randomBytes(32).toString('hex'),
    BUSINESS_NAME: 'A shop',
    BUSINESS_COUNTRY: 'FR',
  });
}

const keysOf = (config: CliConfig, business: `bus_${string}`) =>
  withRecords(config, ({ stores }) => stores.businesses.listKeys({ business, mode: 'test' }));

it('makes everything once, by two runs at the same time as well', async () => {
  const config = await fresh();
  const runs = await Promise.all([1, 2].map(() => setUp({ config, wish: { kind: 'first' } })));
  const [{ business } = { business: undefined }] = runs;
  expect(business).toMatchObject({ name: 'A shop', country: 'FR', refundWindowDays: 30 });
  expect(runs.map((run) => run.business.id)).toEqual([business?.id, business?.id]);
  expect(runs.filter(({ businessMade }) => businessMade)).toHaveLength(1);
  expect(runs.filter(({ key }) => key !== undefined)).toHaveLength(1);
  expect(await keysOf(config, business?.id ?? 'bus_')).toHaveLength(1);

  const again = await setUp({ config, wish: { kind: 'first' } });
  expect(again).toMatchObject({
    namespace: { change: 'none', retentionDays: 30 },
    searchAttributesAdded: [],
    businessMade: false,
    key: undefined,
  });
});

it('issues no key where none is wanted', async () => {
  const config = await fresh();
  const { business, key } = await setUp({ config, wish: { kind: 'none' } });
  expect(key).toBeUndefined();
  expect(await keysOf(config, business.id)).toEqual([]);
});

it('keeps a key that works in a file for its owner alone, and replaces one that works no more', async () => {
  const config = await fresh();
  const path = join(folder, randomUUID(), 'key');
  const wish = { kind: 'file', path } as const;
  const first = await setUp({ config, wish });
  const read = (): string => readFileSync(path, 'utf8').trim();
  expect(read()).toBe(first.key?.key);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect((await setUp({ config, wish })).key).toEqual({ key: read(), made: false });

  await withRecords(config, ({ stores, secrets }) =>
    stores.businesses.revokeKey({ hash: secrets.hash(read()), at: new Date() }),
  );
  const second = await setUp({ config, wish });
  expect(second.key?.made).toBe(true);
  expect(read()).toBe(second.key?.key);
  expect(second.key?.key).not.toBe(first.key?.key);

  writeFileSync(path, 'rubbish');
  expect((await setUp({ config, wish })).key?.made).toBe(true);
});

it('raises a retention that is too short, and refuses a search attribute of another type', async () => {
  const config = await fresh();
  const temporal = await openTemporal(config);
  const { namespace } = temporal;
  const { msToTs } = await import('@temporalio/common/lib/time.js');
  await temporal.connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  const done = await setUp({ config, wish: { kind: 'none' } });
  expect(done.namespace).toEqual({ name: namespace, change: 'retention raised', retentionDays: 30 });

  await temporal.connection.operatorService.removeSearchAttributes({ namespace, searchAttributes: ['Amount'] });
  await temporal.connection.operatorService.addSearchAttributes({ namespace, searchAttributes: { Amount: 2 } });
  await temporal.connection.close();
  await expect(setUp({ config, wish: { kind: 'none' } })).rejects.toThrow(
    'search attribute Amount exists with another type',
  );
});

it('says which server does not answer, without the password', async () => {
  const config = await fresh();
  const nowhere = { ...config, MONGODB_URI: 'mongodb://me:hunter2@127.0.0.1:1/?serverSelectionTimeoutMS=300' };
  const failure = setUp({ config: nowhere, wish: { kind: 'none' } });
  await expect(failure).rejects.toThrow(/^MongoDB does not answer at mongodb:\/\/127\.0\.0\.1:1\/[^@]*$/);
});
