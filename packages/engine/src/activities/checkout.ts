import { INITIAL_STATE, paymentStatus, processorOf } from '../domain/index.js';
import type { Attempt, AttemptId, EntitlementGrant, Payment } from '../domain/index.js';
import type { CheckoutActivities } from '../messages/index.js';
import type { ActivityDeps } from './deps.js';
import { paymentOf, planOf, sessionOf } from './records.js';
import { isLimited } from './set-aside.js';

/** Makes and reads the record of a purchase. */
export const checkoutActivities = ({ stores, plugins, clock }: ActivityDeps): CheckoutActivities => ({
  async createCheckout(of) {
    const session = await sessionOf(stores, of);
    const { business, mode, brand, currency, metadata } = session;
    const processor = processorOf(session.servedBy, session.billing?.country ?? null);
    const at = clock.now();
    await stores.payments.insert({
      id: of.payment,
      session: session.id,
      business,
      mode,
      brand,
      currency,
      metadata,
      products: session.lines.map(({ product, quantity }) => ({ product, quantity })),
      processor,
      paymentProvider: plugins.processor(processor).capabilities.paymentProvider,
      state: { revision: 0, value: INITIAL_STATE, at },
      status: paymentStatus(INITIAL_STATE),
      customer: null,
      attempt: null,
      paidAt: null,
      invoice: null,
      refunds: [],
      refundRevision: 0,
      hasLicenseKey: false,
      hasDigitalDelivery: false,
      createdAt: session.createdAt,
      updatedAt: at,
    });
    await stores.sessions.markStarted({ id: session.id, at });
    return { processor, limited: isLimited(session) };
  },

  async loadRecord(of) {
    const payment = await paymentOf(stores, of);
    const [session, attempts, grants] = await Promise.all([
      sessionOf(stores, of),
      stores.attempts.list({ payment: of.payment }),
      stores.grants.listByPayment(of.payment),
    ]);
    const inFlight = inFlightOf(payment, attempts);
    return {
      state: payment.state.value,
      ...(inFlight !== undefined && { inFlight }),
      revision: payment.state.revision,
      processor: payment.processor,
      limited: isLimited(session),
      paidAt: payment.paidAt?.getTime() ?? null,
      attempts: attempts.flatMap(({ id, frozen }) =>
        frozen === null
          ? []
          : [{ attempt: id, asked: { amount: frozen.quote.total, currency: frozen.quote.currency } }],
      ),
      pendingRefunds: payment.refunds.filter(({ status }) => status === 'pending').map(({ id }) => id),
      grants: grants.map(planOf),
      waived: grants.filter(isWaived).map(({ id }) => id),
    };
  },
});

const isWaived = ({ status, waivedAt }: EntitlementGrant): boolean =>
  waivedAt !== undefined && (status === 'pending' || status === 'failed');

/** An attempt is sent before it is part of the state, so that a run that was lost in between leaves one that only its own record knows. */
function inFlightOf({ state: { value } }: Payment, attempts: readonly Attempt[]): AttemptId | undefined {
  if (value.kind !== 'awaiting_payment') return undefined;
  const last = attempts
    .filter(({ sentAt }) => sentAt !== null)
    .toSorted((one, other) => Number(one.sentAt) - Number(other.sentAt))
    .at(-1);
  const isOver = last?.outcome?.status === 'failed' || last?.outcome?.status === 'cancelled';
  return isOver || last?.id === value.failed?.attempt ? undefined : last?.id;
}
