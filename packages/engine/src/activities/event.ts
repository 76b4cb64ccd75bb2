import { isId, paymentStatus } from '../domain/index.js';
import type { Attempt, AttemptId, Payment, Session, ShownAttempt } from '../domain/index.js';
import { toPayment } from '../domain/wire/index.js';
import type { EventActivities, EventOf, GrantPlan, Transition } from '../messages/index.js';
import { announce, start } from './emission.js';
import type { ActivityDeps } from './deps.js';
import { plannedGrants } from './planned-grants.js';
import { planOf, sessionOf } from './records.js';

/** State and events, written together. */
export const eventActivities = (deps: ActivityDeps): EventActivities => ({
  async recordTransition(input) {
    const session = await sessionOf(deps.stores, input);
    const recorded = await applyTransition(deps, input);
    const isPaid = input.state.kind === 'paid' && input.state.stage === 'fulfilling';
    const payment = isPaid ? await completeSale(deps, { recorded, input }) : recorded;
    const grants = isPaid ? await makeGrants(deps, { session, payment }) : [];
    await announce(
      deps,
      payment,
      input.events.map((event) => announcementOf(deps, { payment, event, at: new Date(input.at) })),
    );
    return { grants };
  },

  async emitWebhooks(input) {
    await applyTransition(deps, input);
    const deliveries = await deps.stores.events.listDeliveries({ payment: input.payment });
    await Promise.all(
      deliveries.filter(({ dispatchedAt }) => dispatchedAt === null).map((delivery) => start(deps, delivery)),
    );
    const events = await deps.stores.events.listByPayment(input.payment);
    return { events: events.length };
  },
});

/** The attempt that a state shows: the open one, the one that paid, or the one that failed last. */
function shownAttempt({ state, events }: Transition): AttemptId | undefined {
  if ('attempt' in state) return state.attempt;
  if (state.kind === 'awaiting_payment') return state.failed?.attempt;
  const [event] = events;
  return event !== undefined && isId('att', event.object) ? event.object : undefined;
}

async function applyTransition({ stores, clock }: ActivityDeps, input: Transition): Promise<Payment> {
  const { state, revision, payment: id } = input;
  const shown = shownAttempt(input);
  const attempt = shown === undefined ? undefined : await stores.attempts.find(shown);
  return stores.payments.applyState({
    id,
    state: { revision, value: state, at: new Date(input.at) },
    status: paymentStatus(state),
    ...(attempt === undefined ? {} : { attempt: toShownAttempt(attempt), customer: attempt.request.customer }),
    ...attempt?.frozen?.by,
    ...(state.kind === 'paid' && state.stage === 'fulfilling' ? { paidAt: attempt?.outcome?.at ?? clock.now() } : {}),
  });
}

const toShownAttempt = ({
  id,
  request: { billing, taxId, customerBusinessName },
  frozen,
  outcome,
}: Attempt): ShownAttempt => ({
  id,
  request: { billing, taxId, customerBusinessName },
  frozen,
  outcome,
});

async function completeSale(
  { stores, ids }: ActivityDeps,
  { recorded, input }: { recorded: Payment; input: Transition },
): Promise<Payment> {
  const { id, business, mode } = recorded;
  await stores.payments.assignInvoice({ id, business, mode, invoice: ids.derive('inv', id), at: new Date(input.at) });
  return (await stores.payments.find(id)) ?? recorded;
}

/** One grant per entitlement and unit, under ids that derive from the purchase. */
async function makeGrants(
  { stores, ids }: ActivityDeps,
  { session, payment }: { session: Session; payment: Payment },
): Promise<readonly GrantPlan[]> {
  const { customer } = payment;
  if (customer === null) return [];
  const grants = plannedGrants({ ids }, { session, customer, at: payment.state.at });
  await stores.grants.ensure(grants);
  return grants.map(planOf);
}

const announcementOf = (
  { publicUrl }: ActivityDeps,
  { payment, event, at }: { payment: Payment; event: EventOf; at: Date },
) => ({
  type: event.type,
  payment: payment.id,
  object: event.object,
  data: toPayment({ payment, urls: { checkout: (session) => `${publicUrl}/session/${session}` } }),
  at,
});
