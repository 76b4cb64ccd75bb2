import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { randomUUID } from 'node:crypto';
import { testDatabase } from '../../../../test/setup/mongodb.js';
import { testTemporalAddress } from '../../../../test/setup/temporal.js';
import { runShop } from '../../../../test/support/running-shop.js';
import type { RunningShop } from '../../../../test/support/running-shop.js';
import { ids, systemClock } from '@payonce/engine/adapters';
import type { Session } from '@payonce/engine/domain';
import { createMetrics } from './metrics.js';
import { noticeStore } from './notices.js';
import type { OperatorMessage } from './operator-webhook.js';
import { watchOnce } from './watch.js';
import type { WatchDeps } from './watch.js';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

let connection: Connection;
let client: Client;
let shop: RunningShop;
let database: Awaited<ReturnType<typeof testDatabase>>;

/** A namespace of its own: what other tests leave stuck is not ours to count. */
beforeAll(async () => {
  const address = testTemporalAddress();
  connection = await Connection.connect({ address });
  const namespace = `attention-${randomUUID()}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  client = new Client({ connection, namespace });
  await eventually(() => connection.workflowService.describeNamespace({ namespace }));
  shop = await eventually(() => runShop({ label: 'attention', client, address }));
  database = await testDatabase('notices');
}, 60_000);

afterAll(async () => {
  await shop.stop();
  await database.close();
  await connection.close();
});

it('counts a purchase whose goods could not be handed over until it is resolved', async () => {
  const session = await stuckSession();
  expect(await metrics()).toContain('payonce_needs_attention{mode="live"} 0\n');
  expect(await metrics()).toMatch(/payonce_needs_attention_oldest_seconds\{mode="test"\} \d+\n/);
  await resolve(session);
});

it('tells operators of it once, without a word about the buyer', async () => {
  const session = await stuckSession();
  const told = teller();
  await watchOnce(told.deps);
  await watchOnce(told.deps);
  expect(told.messages).toHaveLength(1);
  const body = told.messages[0]?.body ?? '';
  expect(JSON.parse(body)).toMatchObject({
    kind: 'needs_attention',
    payment: session.payment,
    session: session.id,
    mode: 'test',
    cases: [{ kind: 'grant', actions: ['retry', 'deliverByHand', 'waive'] }],
  });
  expect(body).not.toMatch(/canary/i);
  await resolve(session);
});

it('tells again, under the same id, what did not arrive', async () => {
  const session = await stuckSession();
  const told = teller({ failures: 1 });
  await expect(watchOnce(told.deps)).rejects.toThrow('does not answer');
  await watchOnce(told.deps);
  await watchOnce(told.deps);
  const [first, second, ...others] = told.messages;
  expect(second).toEqual(first);
  expect(others).toEqual([]);
  await resolve(session);
});

it('leaves telling to the process that holds the lease', async () => {
  const session = await stuckSession();
  const other = teller();
  await watchOnce({ ...other.deps, holder: 'another process' });
  expect(other.messages).toEqual([]);
  await resolve(session);
});

const metrics = () => createMetrics({ client, modes: ['test', 'live'], clock: systemClock })();

async function stuckSession(): Promise<Session> {
  shop.goods.plans.push('permanent');
  const session = await shop.open();
  await shop.pay(session);
  await eventually(async () => expect(await metrics()).toContain('payonce_needs_attention{mode="test"} 1\n'));
  return session;
}

async function resolve({ id }: Session): Promise<void> {
  await shop.client.retryFulfillment({ session: id, actor: 'tester' });
  await eventually(async () => expect(await metrics()).toContain('payonce_needs_attention{mode="test"} 0\n'));
}

/** An address of operators that fails as often as it is told to. */
function teller({ failures = 0 } = {}) {
  const messages: OperatorMessage[] = [];
  const deps: WatchDeps = {
    client,
    modes: ['test', 'live'],
    notices: noticeStore({ db: database.database }),
    async post(message) {
      messages.push(message);
      if (messages.length <= failures) throw new Error('the address does not answer');
    },
    leases: shop.stores.leases,
    ids,
    clock: systemClock,
    logger: silent,
    holder: 'this process',
  };
  return { messages, deps };
}

async function eventually<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
