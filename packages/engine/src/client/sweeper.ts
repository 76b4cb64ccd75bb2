import { isDomainError } from '../domain/index.js';
import type { Clock, InboxEntry, Logger, Stores, WebhookDispatcher } from '../ports/index.js';
import type { PurchaseClient } from './purchase-client.js';
import { tellPurchase } from './report-grant.js';

/** What the sweeper is made of. */
export interface SweeperDeps {
  readonly stores: Stores;
  readonly client: PurchaseClient;
  readonly dispatcher: WebhookDispatcher;
  readonly routeInbox: (entry: InboxEntry) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Names this process among those that sweep. */
  readonly holder: string;
}

/** How long something may wait for its normal course before the sweeper takes it up. */
const GRACE_MS = 15_000;
const LEASE_MS = 15_000;
/** How long a press of Pay may have been forgotten. */
const FORGOTTEN_MS = 60 * 60_000;
const BATCH = 100;
/** How many of a kind are taken up at the same time. */
const AT_ONCE = 10;

/** One round over everything that a crash may have left between two systems. Harmless when two sweep at once: each effect happens once. */
export async function sweep(deps: SweeperDeps): Promise<void> {
  const { stores, clock, holder } = deps;
  const now = clock.now();
  if (!(await stores.leases.hold({ name: 'sweeper', holder, now, until: new Date(now.getTime() + LEASE_MS) }))) return;
  const before = new Date(now.getTime() - GRACE_MS);
  // Side by side: presses of Pay wait for workers that may be away, and nothing else has to wait with them.
  const parts = await Promise.allSettled([
    startSessions(deps, { before, now }).then(() => submitAttempts(deps, before)),
    submitForgotten(deps, { before, now }),
    sendRefunds(deps, before),
    tellGrants(deps, before),
    routeReports(deps, { before, now }),
    dispatchDeliveries(deps, before),
  ]);
  const failed = parts.find((part) => part.status === 'rejected');
  if (failed) throw failed.reason;
}

async function sendRefunds(deps: SweeperDeps, before: Date): Promise<void> {
  const refunds = await deps.stores.payments.listPendingRefunds({ before, limit: BATCH });
  await each(deps, 'refund', refunds, async ({ payment, refund }) => {
    if (refund.sentAt === null) await deps.client.refund({ ...payment, payment: payment.id, refund: refund.id });
  });
}

async function tellGrants(deps: SweeperDeps, before: Date): Promise<void> {
  const grants = await deps.stores.grants.listUntold({ before, limit: BATCH });
  await each(deps, 'grant', grants, async (grant) => {
    await tellPurchase({ client: deps.client, grant });
    await deps.stores.grants.markTold(grant);
  });
}

async function routeReports(deps: SweeperDeps, { before, now }: { before: Date; now: Date }): Promise<void> {
  const reports = await deps.stores.inbox.listUnrouted({ before, limit: BATCH });
  const due = reports.filter((entry) => isDue(entry, now));
  await each(deps, 'report', due, (entry) => deps.routeInbox(entry));
}

async function dispatchDeliveries({ stores, dispatcher, clock, ...deps }: SweeperDeps, before: Date): Promise<void> {
  const deliveries = await stores.events.listUndispatched({ before, limit: BATCH });
  await each(deps, 'delivery', deliveries, async ({ id, business, mode }) => {
    await dispatcher.dispatch({ delivery: id, business, mode });
    await stores.events.markDispatched({ id, at: clock.now() });
  });
}

/** What matched nothing is tried at twice the age each time: soon at first, and rarely in the end. */
const isDue = ({ receivedAt, tries }: InboxEntry, now: Date): boolean =>
  now.getTime() - receivedAt.getTime() >= GRACE_MS * 2 ** tries;

/** Sessions that were stored while Temporal was away. One that was started is never started again. */
async function startSessions(deps: SweeperDeps, { before, now }: { before: Date; now: Date }): Promise<void> {
  const sessions = await deps.stores.sessions.listUnstarted({ before, now, limit: BATCH });
  await each(deps, 'session', sessions, (session) => deps.client.start(session));
}

/** Presses of Pay that no workflow took: submitted again while the session lasts, voided after it. */
async function submitAttempts(deps: SweeperDeps, before: Date): Promise<void> {
  const { stores, client, clock } = deps;
  await each(deps, 'attempt', await stores.attempts.listUnaccepted({ before, limit: BATCH }), async (attempt) => {
    const session = await stores.sessions.find(attempt.session);
    if (session === undefined || session.expiresAt <= clock.now())
      await stores.attempts.void({ id: attempt.id, at: clock.now() });
    else await client.submit({ ...session, session: session.id, attempt: attempt.id });
  });
}

/**
 * Presses of Pay that a workflow took and may have forgotten: it dies with its worker before Temporal knows. Submitting again is submitting once; what
 * was refused is never frozen, so it is left alone.
 */
async function submitForgotten(deps: SweeperDeps, { before, now }: { before: Date; now: Date }): Promise<void> {
  const since = new Date(now.getTime() - FORGOTTEN_MS);
  const attempts = await deps.stores.attempts.listUnsent({ since, before, limit: BATCH });
  await each(deps, 'attempt', attempts, async (attempt) => {
    await deps.client.submit({ ...attempt, attempt: attempt.id });
  });
}

/** One failing entry stops no other; the next round takes it up again. */
async function each<Entry>(
  { logger }: Pick<SweeperDeps, 'logger'>,
  what: string,
  entries: readonly Entry[],
  take: (entry: Entry) => Promise<void>,
): Promise<void> {
  for (let next = 0; next < entries.length; next += AT_ONCE) {
    const some = entries.slice(next, next + AT_ONCE);
    for (const result of await Promise.allSettled(some.map(take))) {
      if (result.status === 'fulfilled') continue;
      const { reason } = result;
      logger.warn({ what, code: isDomainError(reason) ? reason.code : 'failed' }, 'sweeping later');
    }
  }
}

/** Sweeps every so often until it is stopped; stopping waits for the round that runs. */
export function startSweeper(deps: SweeperDeps & { readonly everyMs?: number }): { stop(): Promise<void> } {
  let stopped = false;
  let wake: () => void = () => undefined;
  const loop = async () => {
    while (!stopped) {
      await sweep(deps).catch((error: unknown) =>
        deps.logger.error({ error: error instanceof Error ? error.message : 'unknown' }, 'sweep failed'),
      );
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, deps.everyMs ?? 5_000).unref();
      });
    }
  };
  const running = loop();
  return {
    async stop() {
      stopped = true;
      wake();
      await running;
      await deps.stores.leases.release({ name: 'sweeper', holder: deps.holder });
    },
  };
}
