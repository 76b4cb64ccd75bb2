import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from 'mongodb';
import { testDatabase } from '../setup/mongodb.js';
import { testTemporalAddress } from '../setup/temporal.js';

/** What the processes of one installation are told: one set of variables for all of them. */
export type Environment = Awaited<ReturnType<typeof testEnvironment>>['environment'];

/** An installation of its own on the backends of this test run. */
export async function testEnvironment({
  label,
  url,
  businessName = 'Whole shop',
}: {
  readonly label: string;
  readonly url: string;
  readonly businessName?: string;
}) {
  const [database, sandbox] = await Promise.all([testDatabase(label), testDatabase(`${label} sandbox`)]);
  const folder = await mkdtemp(join(tmpdir(), 'payonce-whole-'));
  const db: Db = database.database;
  return {
    environment: {
      ...NAMES,
      BUSINESS_NAME: businessName,
      PUBLIC_URL: url,
      MONGODB_URI: database.uri,
      MONGODB_DATABASE: database.name,
      SANDBOX_DATABASE: sandbox.name,
      TEMPORAL_ADDRESS: testTemporalAddress(),
      TASK_QUEUE_PREFIX: `whole-${randomUUID().slice(0, 8)}`,
      PAYONCE_SECRET: randomBytes(32).toString('hex'),
      FILES_DIR: folder,
      SANDBOX_SECRET_KEY: randomBytes(16).toString('hex'),
      SANDBOX_WEBHOOK_SECRET: randomBytes(16).toString('hex'),
    },
    db,
    async remove() {
      await rm(folder, { recursive: true, force: true });
      await sandbox.close();
      await database.close();
    },
  };
}

const NAMES = {
  PAYONCE_ENV: 'development',
  TEMPORAL_NAMESPACE: 'default',
  ALLOW_LOOPBACK_WEBHOOKS: 'true',
  PUBLIC_REQUESTS_PER_MINUTE: '100000',
  WORKER_MODES: 'test',
  BUSINESS_COUNTRY: 'DE',
} as const;
