import {
  DomainError,
  INITIAL_STATE,
  paymentStatus,
  priceCart,
  taxableLines,
  toAttemptOutcome,
  toChargeOutcome,
  transition,
} from '@payonce/engine/domain';
import type { Attempt, Payment, PurchaseFact, Session } from '@payonce/engine/domain';
import type { PurchaseClient } from '@payonce/engine/client';
import type { Clock } from '@payonce/engine/ports';
import type { PaymentResult } from '@payonce/plugin-sdk';
import { handOver } from './hand-over.js';
import type { StandingDeps } from './standing-deps.js';

/** How the next charge goes. */
export type ChargePlan = 'succeed' | 'decline' | 'client' | 'redirect' | 'processing' | 'sold_out';

/** A purchase client without Temporal: every call does at once, and once, what the workflow would. */
export interface StandingPurchases extends PurchaseClient {
  /** Plans for the next charges; 'succeed' when there are none. */
  readonly charges: ChargePlan[];
  /** How the next refunds end; 'succeeded' when there are none. */
  readonly refunds: ('succeeded' | 'failed' | 'pending')[];
  /** What was called, in order. */
  readonly calls: string[];
  /** While true, it cannot be reached. */
  down: boolean;
}

export function standingPurchases(deps: StandingDeps): StandingPurchases {
  const own: Pick<StandingPurchases, 'charges' | 'refunds' | 'calls' | 'down'> = {
    charges: [],
    refunds: [],
    calls: [],
    down: false,
  };
  const reach = (call: string): void => {
    if (own.down) throw new DomainError('SERVICE_UNAVAILABLE', 'away');
    own.calls.push(call);
  };
  return Object.assign(own, {
    async start(session: Session) {
      reach(`start ${session.id}`);
      await createRecord(deps, session);
    },
    async submit({ attempt }: { readonly attempt: Attempt['id'] }) {
      if (own.down) return { status: 'processing' } as const;
      reach(`submit ${attempt}`);
      return submit(deps, { id: attempt, plan: () => own.charges.shift() ?? 'succeed' });
    },
    async report({ payment, report }: Parameters<PurchaseClient['report']>[0]) {
      reach(`report ${payment} ${report.kind}`);
      if (report.kind === 'payment' && report.outcome.status !== 'authorized')
        await apply(deps, {
          payment,
          fact: { type: 'attempt_outcome', attempt: report.attempt, outcome: report.outcome },
        });
    },
    async refund({ payment, refund }: Parameters<PurchaseClient['refund']>[0]) {
      reach(`refund ${refund}`);
      const status = own.refunds.shift() ?? 'succeeded';
      if (status !== 'pending') await settleRefund(deps, { payment, refund, status });
    },
    buyerReturned: async () => reach('buyerReturned'),
    grantCompleted: async ({ grant }: Parameters<PurchaseClient['grantCompleted']>[0]) => reach(`grant ${grant}`),
    endGrant: async ({ grant }: Parameters<PurchaseClient['endGrant']>[0]) => reach(`end ${grant}`),
    cancel: async () => reach('cancel'),
    state: () => Promise.reject(new DomainError('SERVICE_UNAVAILABLE', 'no workflow here')),
    retryFulfillment: async () => [],
    resolve: async () => undefined,
  } satisfies PurchaseClient);
}

async function createRecord({ stores, clock }: StandingDeps, session: Session): Promise<void> {
  const { business, mode, brand, currency, metadata, servedBy } = session;
  const at = clock.now();
  await stores.payments.insert({
    id: session.payment,
    session: session.id,
    business,
    mode,
    brand,
    currency,
    metadata,
    products: session.lines.map(({ product, quantity }) => ({ product, quantity })),
    processor: servedBy.processor,
    paymentProvider: 'dodo',
    state: { revision: 0, value: INITIAL_STATE, at },
    status: null,
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
}

async function submit(
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

/** One transition of the record, with what is shown beside it. */
async function apply(
  { stores, clock }: StandingDeps,
  { payment: id, fact }: { readonly payment: Payment['id']; readonly fact: PurchaseFact },
): Promise<void> {
  const payment = await stores.payments.find(id);
  if (!payment) return;
  const value = transition(payment.state.value, fact);
  if (value === payment.state.value) return;
  const at = clock.now();
  const attempt = 'attempt' in fact ? await stores.attempts.find(fact.attempt) : undefined;
  await stores.payments.applyState({
    id,
    state: { revision: payment.state.revision + 1, value, at },
    status: paymentStatus(value),
    ...(attempt && {
      customer: attempt.request.customer,
      attempt: { id: attempt.id, request: attempt.request, frozen: attempt.frozen, outcome: attempt.outcome },
    }),
    ...(value.kind === 'paid' && payment.paidAt === null && { paidAt: at }),
  });
}

async function settleRefund(
  { stores, clock }: StandingDeps,
  {
    payment: id,
    refund,
    status,
  }: { readonly payment: Payment['id']; readonly refund: string; readonly status: 'succeeded' | 'failed' },
): Promise<void> {
  for (;;) {
    const payment = await stores.payments.find(id);
    if (!payment) return;
    const refunds = payment.refunds.map((each) =>
      each.id === refund && each.status === 'pending' ? { ...each, status, settledAt: clock.now() } : each,
    );
    if (await stores.payments.replaceRefunds({ id, revision: payment.refundRevision, refunds })) return;
  }
}
