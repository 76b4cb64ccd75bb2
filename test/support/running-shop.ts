import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { purchaseActivities } from '@payonce/engine/activities';
import { createPurchaseClient } from '@payonce/engine/client';
import type { PurchaseClient } from '@payonce/engine/client';
import type { AttemptId, Payment, PurchaseState, Session } from '@payonce/engine/domain';
import { SEARCH_ATTRIBUTES, purchaseTaskQueue, purchaseWorkflowId } from '@payonce/engine/messages';
import { testWorkflowBundle } from '../setup/workflow-bundle.js';
import type { SessionOptions } from './carts.js';
import { openShop } from './shop.js';
import type { Shop } from './shop.js';
import './quiet-runtime.js';

/** What a running shop runs on. */
export interface RunningOn {
  readonly label: string;
  /** A time-skipping environment's own client, so that waiting for a result skips time. */
  readonly client: Client;
  readonly address: string;
}

/** A shop with a worker, on a Temporal server that the caller chose. */
export interface RunningShop extends Shop {
  readonly client: PurchaseClient;
  readonly temporal: Client;
  readonly taskQueuePrefix: string;
  /** A session whose purchase was started. */
  open(options?: SessionOptions): Promise<Session>;
  /** Presses Pay. */
  pay(
    session: Session,
    shownTotal?: number,
  ): Promise<{ readonly attempt: AttemptId; readonly answer: Awaited<ReturnType<PurchaseClient['submit']>> }>;
  payment(session: Session): Promise<Payment>;
  /** Waits, in real time, until the recorded state is of a kind or fits. */
  until(session: Session, fits: (payment: Payment) => boolean): Promise<Payment>;
  stop(): Promise<void>;
}

/** Starts a worker for a fresh shop. */
export async function runShop({ label, client: temporal, address }: RunningOn): Promise<RunningShop> {
  const shop = await openShop(label);
  const taskQueuePrefix = `test-${randomUUID().slice(0, 8)}`;
  await addSearchAttributes(temporal);
  const native = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection: native,
    namespace: temporal.options.namespace,
    taskQueue: purchaseTaskQueue({ mode: 'test', prefix: taskQueuePrefix }),
    workflowBundle: testWorkflowBundle(),
    activities: purchaseActivities(shop.deps),
  });
  const running = worker.run();
  const { sessions, businesses, payments } = shop.stores;
  const client = createPurchaseClient({ client: temporal, taskQueuePrefix, sessions, businesses });

  const payment = async (session: Session): Promise<Payment> => {
    const found = await payments.find(session.payment);
    if (!found) throw new Error(`no record of ${session.payment}`);
    return found;
  };
  return {
    ...shop,
    client,
    temporal,
    taskQueuePrefix,
    payment,
    async open(options) {
      const session = await shop.newSession(options);
      await client.start(session);
      return session;
    },
    async pay(session, shownTotal) {
      const attempt = await shop.newAttempt(session, shownTotal);
      return { attempt, answer: await client.submit({ ...session, session: session.id, attempt }) };
    },
    async until(session, fits) {
      for (let tries = 0; tries < 200; tries += 1) {
        const found = await payments.find(session.payment);
        if (found && fits(found)) return found;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(
        `${session.payment} did not get there: ${JSON.stringify((await payments.find(session.payment))?.state)}`,
      );
    },
    async stop() {
      worker.shutdown();
      await running;
      await native.close();
      await shop.close();
    },
  };
}

/** Whether a purchase is paid and handed over. */
export const isSettled = ({ state: { value } }: { state: { value: PurchaseState } }): boolean =>
  value.kind === 'paid' && value.stage === 'settled';

/** The workflow of a session. */
export const workflowOf = ({ temporal }: Pick<RunningShop, 'temporal'>, session: Session) =>
  temporal.workflow.getHandle(purchaseWorkflowId(session.id));

async function addSearchAttributes({ connection, options: { namespace } }: Client): Promise<void> {
  const searchAttributes = Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name, type }) => [name, TYPE_NUMBERS[type]]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes }).catch((error: unknown) => {
    if (!String(error).includes('exist')) throw error;
  });
}

const TYPE_NUMBERS = { TEXT: 1, KEYWORD: 2, INT: 3, DOUBLE: 4, BOOL: 5, DATETIME: 6, KEYWORD_LIST: 7 } as const;
