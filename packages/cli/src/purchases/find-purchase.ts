import { isId } from '@payonce/engine/domain';
import type { Payment, Session } from '@payonce/engine/domain';
import type { Records } from '../connections/records.js';
import { Explained } from '../explained.js';

/** A purchase by its records. */
export interface Purchase {
  readonly session: Session;
  /** undefined until a worker took the session up. */
  readonly payment: Payment | undefined;
}

/** Finds a purchase by the id of its payment or of its session, over all businesses and modes. */
export async function findPurchase({ stores }: Pick<Records, 'stores'>, id: string): Promise<Purchase> {
  if (!isId('pay', id) && !isId('cks', id))
    throw new Explained(`${id} is not the id of a payment (pay_…) or session (cks_…).`);
  const payment = isId('pay', id) ? await stores.payments.find(id) : undefined;
  const session = await stores.sessions.find(isId('cks', id) ? id : (payment?.session ?? 'cks_none'));
  if (!session) throw new Explained(`There is no purchase ${id}.`);
  return { session, payment: payment ?? (await stores.payments.find(session.payment)) };
}
