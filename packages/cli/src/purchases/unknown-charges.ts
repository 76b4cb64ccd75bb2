import type { Desk } from '../connections/shop.js';
import { runningWith } from './running.js';
import type { Stuck, StuckQuery } from './stuck-entry.js';

/** Until then asking the processor again usually answers it. */
const PATIENCE_MS = 15 * 60_000;

/** Charges of which nobody knows, for a while now, whether they took money. */
export async function unknownCharges(desk: Desk, { now }: StuckQuery): Promise<readonly Stuck[]> {
  const found = await Promise.all(
    (await runningWith(desk, 'unknown')).map(async (session) => {
      const payment = (await desk.stores.sessions.find(session))?.payment;
      return payment === undefined ? undefined : desk.stores.payments.find(payment);
    }),
  );
  return found.flatMap((payment) => {
    if (payment?.state.value.kind !== 'attempt_open') return [];
    const { at: since } = payment.state;
    if (now.getTime() - since.getTime() < PATIENCE_MS) return [];
    return {
      object: payment.id,
      since,
      what: `the processor ${payment.processor} does not say whether ${payment.state.value.attempt} was charged; it is asked again and again`,
      todo: `look at the processor; payonce inspect ${payment.id}`,
    };
  });
}
