import { NativeConnection, Worker } from '@temporalio/worker';
import type { GrantReports } from '@payonce/engine/client';
import type { EntitlementGrant } from '@payonce/engine/domain';
import type { RunningShop } from './running-shop.js';

/** How the next steps of a remote worker go. */
export type RemotePlan = (grant: EntitlementGrant) => Promise<unknown>;

/** A worker as a stranger would write it, on the queue of 'goods-remote'. */
export interface RemoteGoods {
  /** What it does instead of its duty, in order. */
  readonly plans: RemotePlan[];
  /** What it was asked, in order: 'fulfillGrant entg_…'. */
  readonly asked: string[];
  stop(): Promise<void>;
}

/** Starts it. Its duty is to store a delivery, or that it took one back, and to say so. */
export async function runRemoteGoods({
  shop,
  reports,
  address,
  taskQueue = remoteQueue(shop),
}: {
  readonly shop: RunningShop;
  readonly reports: GrantReports;
  readonly address: string;
  readonly taskQueue?: string;
}): Promise<RemoteGoods> {
  const plans: RemotePlan[] = [];
  const asked: string[] = [];
  const step = (name: string, duty: RemotePlan) => async (input: { readonly grant: EntitlementGrant['id'] }) => {
    asked.push(`${name} ${JSON.stringify(input)}`);
    const grant = await shop.stores.grants.find(input.grant);
    if (!grant) throw new Error('no such grant');
    return (plans.shift() ?? duty)(grant);
  };
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    namespace: shop.temporal.options.namespace,
    taskQueue,
    activities: {
      fulfillGrant: step('fulfillGrant', (grant) => deliver(reports, grant)),
      revokeGrant: step('revokeGrant', async (grant) => {
        await reports.takenBack({ grant });
        return { status: 'revoked' };
      }),
    },
  });
  const running = worker.run();
  return {
    plans,
    asked,
    async stop() {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}

/** Where a shop's remote goods are made. */
export function remoteQueue({ plugins }: Pick<RunningShop, 'plugins'>): string {
  const queue = plugins.fulfillment('goods-remote').taskQueue('test');
  if (queue === undefined) throw new Error('goods-remote has no task queue');
  return queue;
}

/** Stores a key, and says so. */
export async function deliver(reports: GrantReports, grant: EntitlementGrant): Promise<{ readonly status: string }> {
  const content = { kind: 'license_key', key: `REMOTE-${grant.id}`, activationsLimit: 1, expiresAt: null } as const;
  await reports.delivered({ grant, delivered: { outcome: 'delivered', content } });
  return { status: 'delivered' };
}
