import type { Mode } from '../domain/index.js';
import type { Attempt, Payment, Session } from '../domain/index.js';
import type { OfAttempt, OfPurchase } from '../messages/index.js';
import type { Stores } from '../ports/index.js';
import { finalFailure } from './failures.js';

/** The session of a purchase. Refuses one of the other mode. */
export async function sessionOf(stores: Pick<Stores, 'sessions'>, { session, mode }: OfPurchase): Promise<Session> {
  return inMode(await stores.sessions.find(session), { id: session, mode });
}

/** The payment record of a purchase. Refuses one of the other mode. */
export async function paymentOf(stores: Pick<Stores, 'payments'>, { payment, mode }: OfPurchase): Promise<Payment> {
  return inMode(await stores.payments.find(payment), { id: payment, mode });
}

/** An attempt of a purchase. Refuses one of another purchase or the other mode. */
export async function attemptOf(stores: Pick<Stores, 'attempts'>, { attempt, payment, mode }: OfAttempt): Promise<Attempt> {
  const found = inMode(await stores.attempts.find(attempt), { id: attempt, mode });
  if (found.payment !== payment) throw finalFailure('attempt_of_another_payment', `${attempt} does not belong to ${payment}`);
  return found;
}

function inMode<Kept extends { readonly mode: Mode }>(found: Kept | undefined, { id, mode }: { id: string; mode: Mode }): Kept {
  if (found === undefined) throw finalFailure('record_missing', `${id} is not in the database: restore it, or terminate this run if it never existed`);
  if (found.mode !== mode) throw finalFailure('mode_mismatch', `${id} is of mode ${found.mode}, this purchase of mode ${mode}`);
  return found;
}
