import { priceCart, taxableLines, toAttemptOutcome, toChargeOutcome } from '@payonce/engine/domain';
import type { Attempt, Payment, Session } from '@payonce/engine/domain';
import type { Clock } from '@payonce/engine/ports';
import type { PaymentResult } from '@payonce/plugin-sdk';
import { handOver } from './hand-over.js';
import type { StandingDeps } from './standing-deps.js';
import { apply } from './standing-record.js';

/** How the next charge goes. */
export type ChargePlan = 'succeed' | 'decline' | 'client' | 'redirect' | 'processing' | 'sold_out';

/** One press of Pay: quoted, charged by its plan, recorded and handed over. */
export async function submit(
  deps: StandingDeps,
  { id, plan }: { readonly id: Attempt['id']; readonly plan: () => ChargePlan },
) {
  const { stores, clock } = deps;
  const attempt = await stores.attempts.find(id);
  const session = attempt && (await stores.sessions.find(attempt.session));
  if (!attempt || !session) return { status: 'refused', reason: 'unknown_attempt' } as const;
  if (attempt.outcome === null) {
    const quote = await quoteOf(deps, { session, attempt });
    if (quote.total !== attempt.request.shownTotal) return { status: 'refused', reason: 'amount_changed' } as const;
    const planned = plan();
    if (planned === 'sold_out') {
      await stores.attempts.markSoldOut({ id, reason: 'The last seat is gone.' });
      return { status: 'refused', reason: 'sold_out' } as const;
    }
    const at = clock.now();
    await stores.attempts.freeze({ id, quote, idempotencyKey: `${attempt.payment}:charge:${id}`, at });
    const asked = { amount: quote.total, currency: quote.currency };
    await apply(deps, { payment: session.payment, fact: { type: 'attempt_started', attempt: id, asked } });
    await stores.attempts.recordOutcome({
      id,
      outcome: toAttemptOutcome({ result: chargeResult(planned, { id, ...asked }), at }),
    });
  }
  const learned = toChargeOutcome((await stores.attempts.find(id))?.outcome ?? unknownAt(clock));
  const outcome = learned.status === 'authorized' ? ({ status: 'processing' } as const) : learned;
  await apply(deps, { payment: session.payment, fact: { type: 'attempt_outcome', attempt: id, outcome } });
  if (outcome.status === 'succeeded') await handOver(deps, session);
  return outcome.status === 'failed'
    ? { status: outcome.status, code: outcome.code }
    : {
        status:
          outcome.status === 'succeeded' || outcome.status === 'requires_action'
            ? outcome.status
            : ('processing' as const),
      };
}

const unknownAt = (clock: Clock) =>
  toAttemptOutcome({ result: { status: 'processing', processorRef: 'sp_0' }, at: clock.now() });

async function quoteOf(
  { plugins, clock }: StandingDeps,
  { session, attempt }: { readonly session: Session; readonly attempt: Attempt },
) {
  const { business, mode, currency, lines, servedBy } = session;
  const { country, state, zipcode } = attempt.request.billing;
  const buyer = { country, ...(state && { state }), ...(zipcode && { postcode: zipcode }), kind: 'consumer' as const };
  const date = clock.now().toISOString().slice(0, 10);
  const tax = await plugins.tax(servedBy.taxCalculator).calculate({
    seller: { business },
    buyer,
    currency,
    date,
    lines: taxableLines(lines),
    idempotencyKey: attempt.id,
    mode,
  });
  return priceCart({ currency, lines, tax });
}

function chargeResult(
  plan: Exclude<ChargePlan, 'sold_out'>,
  { id, amount, currency }: { readonly id: string } & Pick<Payment, 'currency'> & { readonly amount: number },
): PaymentResult {
  const processorRef = `sp_${id}`;
  switch (plan) {
    case 'succeed':
      return {
        status: 'succeeded',
        processorRef,
        captured: { amount, currency },
        card: { last4: '4242', network: 'VISA', type: 'CREDIT' },
      };
    case 'decline':
      return { status: 'failed', processorRef, declineCode: 'CARD_DECLINED', message: 'The card was declined.' };
    case 'client':
      return {
        status: 'requires_action',
        processorRef,
        action: { type: 'client', clientSecret: `secret_${id}`, publishableKey: 'pk_1' },
      };
    case 'redirect':
      return {
        status: 'requires_action',
        processorRef,
        action: { type: 'redirect', url: `https://processor.example/${id}` },
      };
    case 'processing':
      return { status: 'processing', processorRef };
  }
}
