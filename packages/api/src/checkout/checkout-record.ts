import type { Attempt, Payment, PurchaseState, Session } from '@payonce/engine/domain';
import { INITIAL_STATE, isId } from '@payonce/engine/domain';
import type { DeclineCode, PaymentInstruction } from '@payonce/plugin-sdk';
import type { CheckoutDeps } from './deps.js';
import { notFound } from './page-problem.js';

/** What is on record about a checkout. */
export interface CheckoutRecord {
  readonly session: Session;
  /** undefined until the purchase has started. */
  readonly payment: Payment | undefined;
  /** Oldest first. */
  readonly attempts: readonly Attempt[];
  /** What the buyer knows the seller as. */
  readonly merchant: string;
}

/** Where a checkout stands, as its page shows it. */
export type CheckoutState =
  | { readonly kind: 'payable'; readonly declined: DeclineCode | null }
  /** The processor waits for the buyer; without an address when it cannot be continued here. */
  | { readonly kind: 'action'; readonly attempt: Attempt; readonly url: string | null }
  | { readonly kind: 'processing' }
  /** The buyer pays elsewhere by hand, as by bank transfer. */
  | { readonly kind: 'transfer'; readonly instructions: readonly PaymentInstruction[] }
  /** Money came, but not as asked: the merchant looks at it. */
  | { readonly kind: 'held' }
  | { readonly kind: 'paid'; readonly payment: Payment }
  | { readonly kind: 'expired' | 'cancelled' };

/** Long enough for a worker to price an attempt that it accepted. */
const ACCEPTED_UNFROZEN_MS = 120_000;

/** The session behind an address; rejects with a 404 page for anything else. The id is the buyer's key: 126 random bits. */
export async function findSession({ stores }: Pick<CheckoutDeps, 'stores'>, id: unknown): Promise<Session> {
  const session = typeof id === 'string' && isId('cks', id) ? await stores.sessions.find(id) : undefined;
  if (!session) throw notFound();
  return session;
}

/** Everything that a page of this session shows or decides by. */
export async function readRecord({ stores }: Pick<CheckoutDeps, 'stores'>, session: Session): Promise<CheckoutRecord> {
  const [payment, attempts, business] = await Promise.all([
    stores.payments.find(session.payment),
    stores.attempts.list({ payment: session.payment }),
    stores.businesses.find(session.business),
  ]);
  const inOrder = attempts.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  return { session, payment, attempts: inOrder, merchant: business?.name ?? 'the seller' };
}

/**
 * Where the checkout stands. The recorded state decides; attempts that it does not know yet come on top: a stored press of Pay is a promise from the moment it is stored,
 * with or without a worker, so it shows as processing and is never offered again.
 */
export function checkoutState({ record, now }: { readonly record: CheckoutRecord; readonly now: Date }): CheckoutState {
  const { session, payment } = record;
  const state = payment?.state.value ?? INITIAL_STATE;
  if (payment && state.kind === 'paid') return { kind: 'paid', payment };
  if (state.kind === 'held') return { kind: 'held' };
  if (state.kind === 'closed') return { kind: state.reason };
  const newer = attemptsAfter({ record, state }).findLast((attempt) => isOpen({ attempt, now }));
  if (newer) return openState(newer);
  if (state.kind === 'attempt_open') {
    const attempt = record.attempts.find(({ id }) => id === state.attempt);
    return attempt && state.phase === 'requires_action' ? actionState(attempt) : waitingState(attempt);
  }
  if (now >= session.expiresAt) return { kind: 'expired' };
  return { kind: 'payable', declined: state.kind === 'awaiting_payment' ? (state.failed?.code ?? null) : null };
}

/** Those that were stored after the one that the state tells of. */
function attemptsAfter({
  record,
  state,
}: {
  readonly record: CheckoutRecord;
  readonly state: PurchaseState;
}): readonly Attempt[] {
  const known =
    state.kind === 'attempt_open'
      ? state.attempt
      : state.kind === 'awaiting_payment'
        ? state.failed?.attempt
        : undefined;
  return record.attempts.slice(record.attempts.findIndex(({ id }) => id === known) + 1);
}

function isOpen({ attempt, now }: { readonly attempt: Attempt; readonly now: Date }): boolean {
  if (attempt.voidedAt !== null) return false;
  if (attempt.outcome !== null) return attempt.outcome.status !== 'failed' && attempt.outcome.status !== 'cancelled';
  if (attempt.acceptedAt === null || attempt.frozen !== null) return true;
  return now.getTime() - attempt.acceptedAt.getTime() < ACCEPTED_UNFROZEN_MS;
}

const openState = (attempt: Attempt): CheckoutState =>
  attempt.outcome?.status === 'requires_action' ? actionState(attempt) : waitingState(attempt);

function waitingState(attempt: Attempt | undefined): CheckoutState {
  const { status, instructions = [] } = attempt?.outcome ?? {};
  return status === 'processing' && instructions.length > 0
    ? { kind: 'transfer', instructions }
    : { kind: 'processing' };
}

function actionState(attempt: Attempt): CheckoutState {
  const action = attempt.outcome?.action;
  return { kind: 'action', attempt, url: action?.type === 'redirect' ? action.url : null };
}
