import type { Client } from '@temporalio/client';
import { stateQuery } from '@payonce/engine/messages';
import type { PurchaseView } from '@payonce/engine/messages';
import type { Clock, Ids, LeaseStore, Logger } from '@payonce/engine/ports';
import type { Mode } from '@payonce/plugin-sdk';
import type { NoticeStore } from './notices.js';
import type { PostToOperators } from './operator-webhook.js';
import { stuckPurchases } from './stuck-purchases.js';
import type { StuckPurchase } from './stuck-purchases.js';

/** What the watch is made of. */
export interface WatchDeps {
  readonly client: Client;
  readonly modes: readonly Mode[];
  readonly notices: NoticeStore;
  readonly post: PostToOperators;
  readonly leases: LeaseStore;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Names this process among those that watch. */
  readonly holder: string;
}

const LEASE = 'operator-notices';
const LEASE_MS = 60_000;

/**
 * Tells operators of each purchase that came to need one, once. When its oldest case is decided and others remain, they are told again. A message that does not arrive is
 * sent again in the next round, under the same id; a crash between message and note sends it twice.
 */
export async function watchOnce(deps: WatchDeps): Promise<void> {
  const { leases, clock, holder } = deps;
  const now = clock.now();
  if (!(await leases.hold({ name: LEASE, holder, now, until: new Date(now.getTime() + LEASE_MS) }))) return;
  for (const mode of deps.modes) await tellOfMode(deps, mode);
}

async function tellOfMode(deps: WatchDeps, mode: Mode): Promise<void> {
  const stuck = (await stuckPurchases({ client: deps.client, mode })).map((purchase) => ({
    id: deps.ids.derive('ntc', purchase.workflowId, purchase.since.toISOString()),
    purchase,
  }));
  const fresh = await deps.notices.notGiven(stuck.map(({ id }) => id));
  for (const notice of stuck.filter(({ id }) => fresh.has(id))) await tell(deps, { ...notice, mode });
}

interface Notice {
  readonly id: string;
  readonly purchase: StuckPurchase;
  readonly mode: Mode;
}

async function tell(deps: WatchDeps, notice: Notice): Promise<void> {
  const { id, purchase } = notice;
  const cases = await casesOf(deps, purchase);
  if (cases?.length === 0) return;
  await deps.post({ id, body: JSON.stringify(bodyOf({ ...notice, cases })) });
  await deps.notices.markGiven({ id, payment: purchase.payment, at: deps.clock.now() });
}

/** undefined when the purchase cannot say: a person has to look at that one all the more. */
async function casesOf({ client, logger }: WatchDeps, { workflowId }: StuckPurchase): Promise<Cases | undefined> {
  try {
    return (await client.workflow.getHandle(workflowId).query(stateQuery)).attention;
  } catch {
    logger.warn({ workflow: workflowId }, 'a purchase that needs attention does not answer');
    return undefined;
  }
}

type Cases = PurchaseView['attention'];

const bodyOf = ({ purchase, mode, cases }: Notice & { readonly cases: Cases | undefined }) => ({
  kind: 'needs_attention',
  payment: purchase.payment,
  session: purchase.workflowId.replace(/^purchase\//, ''),
  mode,
  since: purchase.since.toISOString(),
  cases: cases?.map(({ id, kind, reason, since, actions }) => ({ id, kind, reason, since, actions })) ?? null,
});

/** Watches every so often until it is stopped; stopping waits for the round that runs. */
export function startWatch(deps: WatchDeps & { readonly everyMs?: number }): { stop(): Promise<void> } {
  let stopped = false;
  let wake: () => void = () => undefined;
  const loop = async (): Promise<void> => {
    while (!stopped) {
      await watchOnce(deps).catch((error: unknown) =>
        deps.logger.warn({ error: error instanceof Error ? error.message : 'unknown' }, 'telling operators later'),
      );
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, deps.everyMs ?? 15_000).unref();
      });
    }
  };
  const running = loop();
  return {
    async stop() {
      stopped = true;
      wake();
      await running;
      await deps.leases.release({ name: LEASE, holder: deps.holder });
    },
  };
}
