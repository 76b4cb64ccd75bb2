import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptId, Session } from '@payonce/engine/domain';
import type { RequestHandler } from 'express';
import { checkoutState, findSession, readRecord } from '../checkout-record.js';
import type { CheckoutRecord } from '../checkout-record.js';
import type { CheckoutDeps } from '../deps.js';
import { returnAddress, webAddress } from '../return-url.js';
import type { ReturnStatus } from '../return-url.js';

const RECORD_MS = 1_500;
const LOOK_UP_MS = 5_000;
const EVERY_MS = 150;

/**
 * The buyer is back from the processor. What the address says is never believed: the record decides, and if it does not know yet, the purchase asks the processor now.
 * Leads on to the merchant's page if there is one and the payment is decided or under way, and to the session's page otherwise. Repeat-safe.
 */
export const returnRoute =
  (deps: CheckoutDeps): RequestHandler =>
  async (request, response) => {
    const session = await findSession(deps, request.params['id']);
    const status = await statusAfterReturn(deps, { session, query: queryOf(request.query) });
    const returnUrl = status === undefined ? undefined : webAddress(session.returnUrl);
    response.redirect(
      303,
      status === undefined || returnUrl === undefined
        ? `${request.baseUrl}/session/${session.id}`
        : returnAddress({ returnUrl, payment: session.payment, status }),
    );
  };

type Query = Readonly<Record<string, string>>;

/** More than any processor sends back, and no room to fill the record with. */
const MOST = { parameters: 30, name: 100, value: 2_000 };

/** What an adapter may get to see: parameters that stand once, as far as they have a sensible size. */
const queryOf = (query: Readonly<Record<string, unknown>>): Query =>
  Object.fromEntries(
    Object.entries(query)
      .filter((pair): pair is [string, string] => typeof pair[1] === 'string')
      .filter(([name, value]) => name.length <= MOST.name && value.length <= MOST.value)
      .slice(0, MOST.parameters),
  );

/** Keeps what the buyer came back with, if it is about this attempt: some processors finish a payment only when they get it back. */
async function keepQuery({ stores }: CheckoutDeps, { attempt, query }: { attempt: AttemptId; query: Query }) {
  const { attempt: named, ...own } = query;
  if (named === attempt) await stores.attempts.markReturned({ id: attempt, query: own });
}

async function statusAfterReturn(
  deps: CheckoutDeps,
  { session, query }: { readonly session: Session; readonly query: Query },
): Promise<ReturnStatus | undefined> {
  const { recordMs = RECORD_MS, lookUpMs = LOOK_UP_MS } = deps.patience ?? {};
  const soon = await recordWhenDecided(deps, { session, forMs: recordMs });
  const attempt = openAttempt(deps, soon);
  if (attempt === undefined) return statusOf(deps, soon);
  await keepQuery(deps, { attempt, query });
  const { business, mode, payment } = session;
  await deps.client
    .buyerReturned({ business, mode, session: session.id, payment, attempt })
    .catch((error: unknown) =>
      deps.logger.warn({ payment, attempt, error }, 'the purchase could not be told that its buyer is back'),
    );
  return statusOf(deps, await recordWhenDecided(deps, { session, forMs: lookUpMs }));
}

async function recordWhenDecided(
  deps: CheckoutDeps,
  { session, forMs }: { readonly session: Session; readonly forMs: number },
): Promise<CheckoutRecord> {
  const until = performance.now() + forMs;
  for (;;) {
    const record = await readRecord(deps, session);
    if (openAttempt(deps, record) === undefined || performance.now() >= until) return record;
    await sleep(EVERY_MS);
  }
}

/** The attempt whose outcome is awaited; undefined when nothing is. */
function openAttempt({ clock }: CheckoutDeps, record: CheckoutRecord): AttemptId | undefined {
  const { kind } = checkoutState({ record, now: clock.now() });
  if (kind !== 'processing' && kind !== 'transfer' && kind !== 'action') return undefined;
  const state = record.payment?.state.value;
  return state?.kind === 'attempt_open' ? state.attempt : record.attempts.at(-1)?.id;
}

/** undefined while the buyer still has something to do on our page or the processor's. */
function statusOf({ clock }: CheckoutDeps, record: CheckoutRecord): ReturnStatus | undefined {
  const state = checkoutState({ record, now: clock.now() });
  switch (state.kind) {
    case 'paid':
      return 'succeeded';
    case 'processing':
    case 'transfer':
    case 'held':
      return 'processing';
    case 'payable':
      return state.declined === null ? undefined : 'failed';
    case 'action':
    case 'expired':
    case 'cancelled':
      return undefined;
  }
}
