import type { Desk } from '../connections/shop.js';
import type { Stuck, StuckQuery } from './stuck-entry.js';

const PATIENCE_MS = 5 * 60_000;
const MOST = 100;
const START_WORKER = 'a worker takes it up within seconds: start one, or look at its log';

/** What a worker's sweeper should have taken up long ago. */
export async function leftLying({ stores }: Desk, { now }: StuckQuery): Promise<readonly Stuck[]> {
  const filter = { before: new Date(now.getTime() - PATIENCE_MS), limit: MOST };
  const [sessions, attempts, refunds, reports, deliveries] = await Promise.all([
    stores.sessions.listUnstarted({ ...filter, now }),
    stores.attempts.listUnaccepted(filter),
    stores.payments.listPendingRefunds(filter),
    stores.inbox.listUnrouted(filter),
    stores.events.listUndispatched(filter),
  ]);
  return [
    ...sessions.map((session) =>
      lying({ object: session.payment, since: session.createdAt, what: `${session.id} was never started` }),
    ),
    ...attempts.map((attempt) =>
      lying({ object: attempt.payment, since: attempt.createdAt, what: `${attempt.id} was never taken up` }),
    ),
    ...refunds
      .filter(({ refund }) => refund.sentAt === null)
      .map(({ payment, refund }) =>
        lying({ object: payment.id, since: refund.createdAt, what: `${refund.id} was never sent` }),
      ),
    ...reports.map(({ id, processor, mode, receivedAt, tries }) => ({
      object: id,
      since: receivedAt,
      what: `a report of ${processor} (${mode}) matches no payment of ours, or could not be told to it; ${tries} tries`,
      todo: `look it up at ${processor}; if it is ours: ${START_WORKER}`,
    })),
    ...deliveries.map((delivery) =>
      lying({
        object: delivery.payment,
        since: delivery.createdAt,
        what: `${delivery.event} was never sent to ${delivery.endpoint}`,
      }),
    ),
  ];
}

const lying = (found: Omit<Stuck, 'todo'>): Stuck => ({ ...found, todo: START_WORKER });
