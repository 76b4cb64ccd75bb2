import { activityInfo } from '@temporalio/activity';
import type { CancelResult, PaymentLookup, PaymentResult } from '../domain/index.js';
import { chargedBy, isFound, toAttemptOutcome, toChargeOutcome } from '../domain/index.js';
import type { Attempt, ChargeOutcome, Session } from '../domain/index.js';
import type { OfAttempt, PaymentActivities } from '../messages/index.js';
import type { ActivityDeps } from './deps.js';
import { finalFailure, pluginFailure } from './failures.js';
import { classify } from '../plugins/index.js';
import { returnCharge } from './return-charge.js';
import { attemptOf, sessionOf } from './records.js';

/** Money: each call looks at what is on record first, and writes what it learns there. */
export const paymentActivities = (deps: ActivityDeps): PaymentActivities => ({
  charge: (of) => charge(deps, of),

  async lookUpCharge(of) {
    const { session, attempt } = await load(deps, of);
    const found = await lookUp(deps, { session, attempt });
    if (isFound(found)) return learn(deps, attempt, found);
    const isFinal =
      attempt.sentAt === null ||
      secondsSince(deps, attempt.sentAt) >=
        adapterOf(deps, { session, attempt }).capabilities.notFoundFinalAfterSeconds;
    return isFinal ? { status: 'not_found' } : { status: 'unknown' };
  },

  async cancelCharge(of) {
    const { session, attempt } = await load(deps, of);
    if (attempt.sentAt === null) return { status: 'cancelled' };
    const result = await guarded(() =>
      adapterOf(deps, { session, attempt }).cancel({ ...named(attempt), idempotencyKey: key(attempt, 'cancel') }),
    );
    return learnCancel(deps, attempt, result);
  },

  async overrideCharge({ outcome, evidence, actor, ...of }) {
    const { attempt } = await load(deps, of);
    const { frozen } = attempt;
    if (frozen === null)
      throw finalFailure('nothing_frozen', `${attempt.id} was never charged: there is nothing to override`);
    deps.logger.warn(
      { payment: of.payment, attempt: attempt.id, outcome, actor, evidence },
      'an operator decided about a charge',
    );
    const captured = { amount: frozen.quote.total, currency: frozen.quote.currency };
    const processorRef = attempt.outcome?.processorRef ?? evidence;
    return learn(
      deps,
      attempt,
      outcome === 'succeeded'
        ? { status: 'succeeded', processorRef, captured }
        : { status: 'failed', declineCode: 'PROCESSING_ERROR', message: 'an operator found that nothing was charged' },
    );
  },

  returnCharge: (of) => returnCharge(deps, of),
});

interface Loaded {
  readonly session: Session;
  readonly attempt: Attempt;
}

async function load({ stores }: ActivityDeps, of: OfAttempt): Promise<Loaded> {
  const [session, attempt] = await Promise.all([sessionOf(stores, of), attemptOf(stores, of)]);
  return { session, attempt };
}

const adapterOf = ({ plugins }: ActivityDeps, { session, attempt }: Loaded) =>
  plugins.processor(chargedBy(attempt, session));

/** As the adapter knows it. */
const named = ({ id, business, mode, outcome }: Attempt) => ({
  business,
  mode,
  reference: id,
  ...(outcome?.processorRef ? { processorRef: outcome.processorRef } : {}),
});

const key = ({ id, payment }: Attempt, operation: string): string => `${payment}:${operation}:${id}`;

const secondsSince = ({ clock }: ActivityDeps, date: Date): number => (clock.now().getTime() - date.getTime()) / 1000;

async function charge(deps: ActivityDeps, of: OfAttempt): Promise<ChargeOutcome> {
  const { session, attempt } = await load(deps, of);
  if (attempt.frozen === null)
    throw finalFailure('nothing_frozen', `${attempt.id} has no frozen quote: it cannot be charged`);
  if (attempt.outcome !== null && attempt.outcome.status !== 'unknown') return toChargeOutcome(attempt.outcome);
  if (attempt.sentAt !== null || activityInfo().attempt > 1) {
    const found = await lookUp(deps, { session, attempt });
    if (isFound(found)) return learn(deps, attempt, found);
    if (!maySendAgain(deps, { session, attempt })) return { status: 'unknown' };
  }
  await deps.stores.attempts.markSent({ id: attempt.id, at: deps.clock.now() });
  return learn(deps, attempt, await send(deps, { session, attempt, frozen: attempt.frozen }));
}

/** Under the same key while the processor surely still knows it, or once "not found" is final. */
function maySendAgain(deps: ActivityDeps, { session, attempt }: Loaded): boolean {
  if (attempt.sentAt === null) return true;
  const { idempotencyKeyLifeSeconds, notFoundFinalAfterSeconds } = adapterOf(deps, { session, attempt }).capabilities;
  const age = secondsSince(deps, attempt.sentAt);
  return age < idempotencyKeyLifeSeconds / 2 || age >= notFoundFinalAfterSeconds;
}

async function send(
  deps: ActivityDeps,
  { session, attempt, frozen }: Loaded & { frozen: NonNullable<Attempt['frozen']> },
): Promise<PaymentResult> {
  const { customer, billing, paymentMethod } = attempt.request;
  try {
    return await adapterOf(deps, { session, attempt }).createPayment({
      business: session.business,
      reference: attempt.id,
      amount: { amount: frozen.quote.total, currency: frozen.quote.currency },
      description: session.lines
        .map(({ name, quantity }) => (quantity === 1 ? name : `${quantity} × ${name}`))
        .join(', ')
        .slice(0, 200),
      returnUrl: `${deps.publicUrl}/session/${session.id}/return?attempt=${attempt.id}`,
      customer: { id: customer.id, email: customer.email, name: customer.name },
      country: billing.country,
      ...(paymentMethod === null ? {} : { paymentMethod }),
      idempotencyKey: frozen.idempotencyKey,
      mode: session.mode,
    });
  } catch (thrown) {
    if (classify(thrown).kind === 'permanent')
      return { status: 'failed', declineCode: 'INVALID_REQUEST', message: 'the processor refused the request' };
    throw pluginFailure(thrown);
  }
}

const lookUp = (deps: ActivityDeps, { session, attempt }: Loaded): Promise<PaymentLookup> =>
  guarded(() =>
    adapterOf(deps, { session, attempt }).retrievePayment({
      ...named(attempt),
      idempotencyKey: key(attempt, 'lookup'),
    }),
  );

async function guarded<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (thrown) {
    throw pluginFailure(thrown);
  }
}

async function learn({ stores, clock }: ActivityDeps, { id }: Attempt, result: PaymentResult): Promise<ChargeOutcome> {
  const recorded = await stores.attempts.recordOutcome({ id, outcome: toAttemptOutcome({ result, at: clock.now() }) });
  return toChargeOutcome(recorded);
}

async function learnCancel(deps: ActivityDeps, attempt: Attempt, result: CancelResult): Promise<ChargeOutcome> {
  switch (result.status) {
    case 'succeeded':
      return learn(deps, attempt, result);
    case 'cancelled':
      return learn(deps, attempt, { status: 'cancelled', processorRef: attempt.outcome?.processorRef ?? attempt.id });
    case 'processing':
    case 'unknown':
      return { status: result.status };
  }
}
