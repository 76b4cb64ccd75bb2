import { priceWithoutTax, processorOf } from '@payonce/engine/domain';
import type { PaymentId, Scope, Session, SessionId } from '@payonce/engine/domain';
import type { ApiDeps } from '../deps.js';
import { checkAmount } from './check-amount.js';
import type { Cart } from './cart.js';
import { servedByNow } from './served-by.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const QUARTER_HOUR_MS = 15 * 60 * 1000;

/** What makes a session, beside its cart. */
export type NewSession = Scope &
  Pick<
    Session,
    'customer' | 'billing' | 'taxId' | 'customerBusinessName' | 'returnUrl' | 'cancelUrl' | 'metadata' | 'confirm'
  > & {
    readonly id: SessionId;
    readonly payment: PaymentId;
    readonly cart: Cart;
  };

/**
 * The session of a cart, payable for a day, or for a quarter of an hour when everything is final. Refuses amounts that the processor cannot take; writes nothing.
 */
export function planSession(
  { plugins, clock }: Pick<ApiDeps, 'plugins' | 'clock'>,
  { cart, ...wanted }: NewSession,
): Session {
  const servedBy = servedByNow(plugins, { mode: wanted.mode, ...cart });
  const { total } = priceWithoutTax(cart);
  checkAmount({
    capabilities: plugins.processor(processorOf(servedBy, wanted.billing?.country ?? null)).capabilities,
    amount: total,
    currency: cart.currency,
  });
  const now = clock.now();
  const life = wanted.confirm ? QUARTER_HOUR_MS : DAY_MS;
  return { ...wanted, ...cart, servedBy, createdAt: now, expiresAt: new Date(now.getTime() + life), startedAt: null };
}

/**
 * Stores a session and starts its purchase. Once it is stored it counts: what cannot be started now, a sweeper starts. Repeat-safe by the session's id: answers the session
 * as the first call stored it.
 */
export async function openSession(
  { stores, purchases, logger }: Pick<ApiDeps, 'stores' | 'purchases' | 'logger'>,
  planned: Session,
): Promise<Session> {
  await stores.sessions.insert(planned);
  const session = (await stores.sessions.find(planned.id)) ?? planned;
  try {
    await purchases.start(session);
  } catch (error) {
    logger.warn({ err: error, session: session.id }, 'the purchase starts later');
  }
  return session;
}
