import { activityInfo } from '@temporalio/activity';
import { isFound, toChargeOutcome } from '../domain/index.js';
import type { Attempt, CancelResult, LearnedOutcome } from '../domain/index.js';
import type { OfAttempt, PaymentActivities } from '../messages/index.js';
import { classify } from '../plugins/index.js';
import { adapterOf, guarded, key, learn, load, lookUp, named } from './at-the-processor.js';
import type { Learned, Loaded } from './at-the-processor.js';
import type { ActivityDeps } from './deps.js';
import { finalFailure, pluginFailure } from './failures.js';
import { capture, complete, isBack } from './finish-charge.js';
import { returnCharge } from './return-charge.js';

/** Money: each call looks at what is on record first, and writes what it learns there. */
export const paymentActivities = (deps: ActivityDeps): PaymentActivities => ({
  charge: (of) => charge(deps, of),

  capture: (of) => capture(deps, of),

  async lookUpCharge(of) {
    const { session, attempt } = await load(deps, of);
    const found = await (isBack(attempt) ? complete : lookUp)(deps, { session, attempt });
    if (isFound(found)) return learn(deps, { attempt, result: found });
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
    return learn(deps, {
      attempt,
      result:
        outcome === 'succeeded'
          ? { status: 'succeeded', processorRef, captured }
          : {
              status: 'failed',
              declineCode: 'PROCESSING_ERROR',
              message: 'an operator found that nothing was charged',
            },
    });
  },

  returnCharge: (of) => returnCharge(deps, of),
});

const secondsSince = ({ clock }: ActivityDeps, date: Date): number => (clock.now().getTime() - date.getTime()) / 1000;

async function charge(deps: ActivityDeps, of: OfAttempt): Promise<LearnedOutcome> {
  const { session, attempt } = await load(deps, of);
  if (attempt.frozen === null)
    throw finalFailure('nothing_frozen', `${attempt.id} has no frozen quote: it cannot be charged`);
  if (attempt.outcome !== null && attempt.outcome.status !== 'unknown') return toChargeOutcome(attempt.outcome);
  if (attempt.sentAt !== null || activityInfo().attempt > 1) {
    const found = await lookUp(deps, { session, attempt });
    if (isFound(found)) return learn(deps, { attempt, result: found });
    if (!maySendAgain(deps, { session, attempt })) return { status: 'unknown' };
  }
  await deps.stores.attempts.markSent({ id: attempt.id, at: deps.clock.now() });
  return learn(deps, { attempt, ...(await send(deps, { session, attempt, frozen: attempt.frozen })) });
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
): Promise<Pick<Learned, 'result' | 'fault'>> {
  const { customer, billing, paymentMethod } = attempt.request;
  try {
    const result = await adapterOf(deps, { session, attempt }).createPayment({
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
    return { result };
  } catch (thrown) {
    const { kind, code } = classify(thrown);
    if (kind !== 'permanent') throw pluginFailure(thrown);
    const { id, payment } = attempt;
    deps.logger.error({ payment, attempt: id, code }, 'the processor refuses for good what we send it');
    const message = 'the processor refused the request';
    return { result: { status: 'failed', declineCode: 'INVALID_REQUEST', message }, fault: code };
  }
}

async function learnCancel(deps: ActivityDeps, attempt: Attempt, result: CancelResult): Promise<LearnedOutcome> {
  switch (result.status) {
    case 'succeeded':
      return learn(deps, { attempt, result });
    case 'cancelled':
      return learn(deps, {
        attempt,
        result: { status: 'cancelled', processorRef: attempt.outcome?.processorRef ?? attempt.id },
      });
    case 'processing':
    case 'unknown':
      return { status: result.status };
  }
}
