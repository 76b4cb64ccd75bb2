import { chargedBy, isId, toAttemptOutcome, toChargeOutcome } from '../domain/index.js';
import type { Attempt, Session } from '../domain/index.js';
import type { Clock, InboxEntry, Logger, Stores } from '../ports/index.js';
import { isKnown } from './known-outcome.js';
import type { PurchaseClient, PurchaseRef } from './purchase-client.js';

/** How the refund of a charge without a sale is called at the processor; nobody waits for its report. */
const RETURN = 'return_';

/** What routing is made of. */
export interface RouteInboxDeps {
  readonly stores: Pick<Stores, 'attempts' | 'inbox' | 'payments' | 'sessions'>;
  readonly client: Pick<PurchaseClient, 'report'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Tells the purchase that a report is about, found by our own reference. What the report says about a charge goes on record first, then the purchase is told, unless its
 * state says the same already. A report whose reference, mode or processor fits nothing of ours is kept and counted, never dropped. Repeat-safe: a routed entry is left
 * alone, and an interrupted one is told again.
 */
export const routeInbox =
  (deps: RouteInboxDeps) =>
  async (entry: InboxEntry): Promise<void> => {
    if (entry.routedAt !== null) return;
    const payment = await tell(deps, entry);
    if (payment === undefined) {
      deps.logger.warn(
        { inbox: entry.id, processor: entry.processor, mode: entry.mode },
        'a report matches no payment of ours',
      );
      await deps.stores.inbox.countTry(entry.id);
    } else {
      await deps.stores.inbox.markRouted({ id: entry.id, payment, at: deps.clock.now() });
    }
  };

/** The payment that was told, or needed no telling; undefined when there is none. */
async function tell(deps: RouteInboxDeps, entry: InboxEntry): Promise<PurchaseRef['payment'] | undefined> {
  switch (entry.event.kind) {
    case 'payment':
      return tellOfPayment(deps, { entry, event: entry.event });
    case 'refund':
      return tellOfRefund(deps, { entry, event: entry.event });
    case 'ignored':
      return undefined;
  }
}

interface Reported<Kind extends InboxEntry['event']['kind']> {
  readonly entry: InboxEntry;
  readonly event: Extract<InboxEntry['event'], { readonly kind: Kind }>;
}

async function tellOfPayment(
  deps: RouteInboxDeps,
  { entry, event }: Reported<'payment'>,
): Promise<PurchaseRef['payment'] | undefined> {
  const { attempt, session } = (await attemptOf(deps, event.reference)) ?? {};
  if (!attempt || !session || !fits(entry, { mode: attempt.mode, processor: chargedBy(attempt, session) }))
    return undefined;
  const outcome = toChargeOutcome(
    await deps.stores.attempts.recordOutcome({
      id: attempt.id,
      outcome: toAttemptOutcome({ result: event.result, at: entry.receivedAt }),
    }),
  );
  const payment = await deps.stores.payments.find(attempt.payment);
  if (!isKnown({ state: payment?.state.value, attempt: attempt.id, outcome })) {
    const { business, mode } = attempt;
    const report = { kind: 'payment', inbox: entry.id, attempt: attempt.id, outcome } as const;
    await deps.client.report({ business, mode, session: session.id, payment: attempt.payment, report });
  }
  return attempt.payment;
}

async function attemptOf(
  { stores }: RouteInboxDeps,
  reference: string,
): Promise<{ readonly attempt: Attempt; readonly session: Session } | undefined> {
  const attempt = isId('att', reference) ? await stores.attempts.find(reference) : undefined;
  const session = attempt && (await stores.sessions.find(attempt.session));
  return attempt && session && { attempt, session };
}

async function tellOfRefund(
  deps: RouteInboxDeps,
  { entry, event }: Reported<'refund'>,
): Promise<PurchaseRef['payment'] | undefined> {
  if (event.reference.startsWith(RETURN))
    return (await attemptOf(deps, event.reference.slice(RETURN.length)))?.attempt.payment;
  const found = isId('ref', event.reference)
    ? await deps.stores.payments.findRefundAnywhere(event.reference)
    : undefined;
  if (!found || !fits(entry, found.payment)) return undefined;
  const { payment, refund } = found;
  const { status } = event.result;
  if (refund.status === 'pending' && status !== 'pending') {
    const { business, mode, session } = payment;
    await deps.client.report({
      business,
      mode,
      session,
      payment: payment.id,
      report: { kind: 'refund', inbox: entry.id, refund: refund.id, status },
    });
  }
  return payment.id;
}

/** Test reports never move live money, and one processor says nothing about another's. */
const fits = (entry: InboxEntry, own: Pick<InboxEntry, 'mode' | 'processor'>): boolean =>
  entry.mode === own.mode && entry.processor === own.processor;
