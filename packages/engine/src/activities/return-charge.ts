import { chargedBy } from '../domain/index.js';
import type { ActivityDeps } from './deps.js';
import type { OfAttempt } from '../messages/index.js';
import type { RefundStatus } from '../domain/index.js';
import { finalFailure, pluginFailure } from './failures.js';
import { attemptOf, sessionOf } from './records.js';

/** Gives back what an attempt captured beside the sale. One refund per attempt, by its own reference and key. */
export async function returnCharge(
  { stores, plugins, logger }: ActivityDeps,
  of: OfAttempt,
): Promise<{ readonly status: RefundStatus }> {
  const [session, attempt] = await Promise.all([sessionOf(stores, of), attemptOf(stores, of)]);
  const { outcome } = attempt;
  if (outcome?.captured == null || outcome.processorRef === null) {
    throw finalFailure('nothing_captured', `${attempt.id} captured nothing that could be given back`);
  }
  logger.warn({ payment: of.payment, attempt: of.attempt }, 'giving back a charge that belongs to no sale');
  const refund = {
    business: session.business,
    reference: `return_${attempt.id}`,
    payment: { reference: attempt.id, processorRef: outcome.processorRef },
    amount: outcome.captured,
  };
  const { status } = await plugins
    .processor(chargedBy(attempt, session))
    .refund({
      ...refund,
      reason: 'charge without a sale',
      idempotencyKey: `${of.payment}:return:${attempt.id}`,
      mode: of.mode,
    })
    .catch((thrown: unknown) => {
      throw pluginFailure(thrown);
    });
  if (status === 'failed') throw finalFailure('return_refused', 'the processor refused to give the charge back');
  return { status };
}
