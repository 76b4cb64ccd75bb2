import type { Mode } from '../domain/index.js';
import type { Attempt, EntitlementGrant, Payment, Session } from '../domain/index.js';
import type { GrantPlan, OfAttempt, OfPurchase } from '../messages/index.js';
import type { Stores } from '../ports/index.js';
import { finalFailure, waitingFailure } from './failures.js';

/** The session of a purchase. Refuses one of the other mode. */
export async function sessionOf(stores: Pick<Stores, 'sessions'>, { session, mode }: OfPurchase): Promise<Session> {
  return inMode(await stores.sessions.find(session), { id: session, mode });
}

/** The payment record of a purchase. Refuses one of the other mode. */
export async function paymentOf(stores: Pick<Stores, 'payments'>, { payment, mode }: OfPurchase): Promise<Payment> {
  return inMode(await stores.payments.find(payment), { id: payment, mode });
}

/** An attempt of a purchase. Refuses for good one that is not there, or belongs to another purchase or mode. */
export async function attemptOf(
  stores: Pick<Stores, 'attempts'>,
  { attempt, payment, mode }: OfAttempt,
): Promise<Attempt> {
  const found = await stores.attempts.find(attempt);
  if (found === undefined || found.payment !== payment || found.mode !== mode) {
    throw finalFailure('attempt_not_found', `${attempt} is no attempt of ${payment} in mode ${mode}`);
  }
  return found;
}

/** A grant as the workflow knows it. */
export const planOf = ({ id, reach, taskQueue }: EntitlementGrant): GrantPlan =>
  taskQueue === undefined ? { grant: id, reach } : { grant: id, reach, taskQueue };

/** A record that is gone is waited for, visibly, and never ends a purchase: an operator restores it. */
function inMode<Kept extends { readonly mode: Mode }>(
  found: Kept | undefined,
  { id, mode }: { id: string; mode: Mode },
): Kept {
  if (found === undefined)
    throw waitingFailure('record_missing', `${id} is not in the database: restore it from the backup`);
  if (found.mode !== mode)
    throw waitingFailure('mode_mismatch', `${id} is of mode ${found.mode}, this purchase of mode ${mode}`);
  return found;
}
