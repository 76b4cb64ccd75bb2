import type { CapturePayment, CreatePayment, PaymentResult } from '@payonce/plugin-sdk';
import { believe, intentAnswer, sessionAnswer } from './answers.js';
import type { Refusal } from './failures.js';
import { EXPANDED_INTENT, decisive, findPayments } from './find-payment.js';
import type { FindDeps } from './find-payment.js';
import { refused } from './refused.js';
import { isMethod, toNewIntent, toNewSession } from './requests.js';
import type { PaymentStyle } from './requests.js';
import { toFailure, toIntentResult, toSessionResult } from './results.js';
import { toStripeAmount } from './units.js';

export interface ChargeDeps extends FindDeps {
  readonly style: PaymentStyle;
}

/** A page for the buyer, or with a token a charge at once. Once per key. */
export const charge = (deps: ChargeDeps, request: CreatePayment): Promise<PaymentResult> =>
  request.paymentMethod === undefined
    ? openPage(deps, request)
    : chargeMethod(deps, { ...request, paymentMethod: request.paymentMethod });

async function openPage({ api, notes, style }: ChargeDeps, request: CreatePayment): Promise<PaymentResult> {
  const body = toNewSession(request, style);
  await notes.noteCharge(request);
  const { idempotencyKey, reference } = request;
  const reply = await api.ask(request, (stripe) => stripe.checkout.sessions.create(body, { idempotencyKey }));
  if (reply.kind === 'refusal') return toRefused(reply);
  const fits = (session: { readonly client_reference_id?: string | null | undefined }): boolean =>
    session.client_reference_id === reference;
  return toSessionResult(believe({ schema: sessionAnswer, body: reply.body, fits }));
}

type WithMethod = CreatePayment & { readonly paymentMethod: string };

async function chargeMethod({ api, notes, style }: ChargeDeps, request: WithMethod): Promise<PaymentResult> {
  const body = toNewIntent(request, style);
  if (!isMethod(request.paymentMethod)) return UNSUPPORTED;
  await notes.noteCharge(request);
  const { idempotencyKey, reference } = request;
  const reply = await api.ask(request, (stripe) => stripe.paymentIntents.create(body, { idempotencyKey }));
  if (reply.kind === 'refusal' && reply.payment === undefined) return toRefused(reply);
  const answer = reply.kind === 'answer' ? reply.body : reply.payment;
  const fits = (intent: { readonly metadata: { readonly payonce_reference?: string | undefined } }): boolean =>
    intent.metadata.payonce_reference === reference;
  return toIntentResult(believe({ schema: intentAnswer, body: answer, fits }));
}

const UNSUPPORTED: PaymentResult = {
  status: 'failed',
  declineCode: 'PAYMENT_METHOD_UNSUPPORTED',
  message: 'Stripe does not know this payment method',
};

/** A refused method or amount is a decline; anything else is our mistake or the account's. */
function toRefused(refusal: Refusal): PaymentResult {
  const { status, code, declineCode, param } = refusal;
  if (status === 402 || declineCode !== undefined || code.startsWith('amount_too_'))
    return toFailure({ declineCode, code });
  if (param === 'payment_method') return UNSUPPORTED;
  throw refused(refusal);
}

/** Takes authorized money, once per key. Refused when it is no longer there to be taken: then the payment is read again. */
export async function capture(deps: ChargeDeps, request: CapturePayment): Promise<PaymentResult> {
  const found = decisive(await findPayments(deps, request));
  if (found?.status !== 'authorized')
    return found ?? { status: 'processing', processorRef: request.processorRef ?? request.reference };
  const { idempotencyKey, amount } = request;
  const body = { amount_to_capture: toStripeAmount(amount).amount, expand: EXPANDED_INTENT };
  const reply = await deps.api.ask(request, (stripe) =>
    stripe.paymentIntents.capture(found.processorRef, body, { idempotencyKey }),
  );
  if (reply.kind === 'refusal') return decisive(await findPayments(deps, request)) ?? found;
  return toIntentResult(
    believe({ schema: intentAnswer, body: reply.body, fits: ({ id }) => id === found.processorRef }),
  );
}
