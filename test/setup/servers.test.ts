import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Connection, WorkflowClient } from '@temporalio/client';
import type { TestDatabase } from './mongodb.js';
import { testDatabase } from './mongodb.js';
import { testTemporalAddress } from './temporal.js';
import { timeSkippingEnvironment } from './time-skipping.js';

let mongodb: TestDatabase;

beforeAll(async () => {
  mongodb = await testDatabase('servers test');
});

afterAll(async () => {
  await mongodb.close();
});

it('gives each test file an empty MongoDB database of its own', async () => {
  expect(await mongodb.database.collections()).toEqual([]);
  await mongodb.database.collection('things').insertOne({ name: 'one' });
  expect(await mongodb.database.collection('things').countDocuments()).toBe(1);
});

it('has a Temporal development server that can list workflows', async () => {
  const connection = await Connection.connect({ address: testTemporalAddress() });
  const client = new WorkflowClient({ connection });
  const { count } = await client.count('WorkflowId = "none"');
  expect(count).toBe(0);
  await connection.close();
});

it('has a server that skips time', async () => {
  const environment = await timeSkippingEnvironment();
  expect(await environment.currentTimeMs()).toBeGreaterThan(0);
  await environment.teardown();
});
