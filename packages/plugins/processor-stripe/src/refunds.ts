import { RetryableError } from '@payonce/plugin-sdk';
import type { PaymentRef, RefundLookup, RefundPayment, RefundResult } from '@payonce/plugin-sdk';
import { believe, refundAnswer } from './answers.js';
import type { StripeRefund } from './answers.js';
import { retrieveSession } from './find-payment.js';
import type { FindDeps } from './find-payment.js';
import { isUnder, listAll } from './listing.js';
import type { AskPage } from './listing.js';
import { refused } from './refused.js';
import { isReference, toNewRefund } from './requests.js';
import { toRefundResult } from './results.js';

/** Sends money back, once per key. Which payment it is for is noted first, to find the refund by after a lost answer. */
export async function refundPayment(deps: FindDeps, request: RefundPayment): Promise<RefundResult> {
  const intent = await intentOf(deps, request);
  if (intent === undefined)
    return { status: 'failed', code: 'payment_unknown', message: 'Stripe knows no such payment' };
  const body = toNewRefund(request, intent);
  await deps.notes.noteRefund({ ...request, intent });
  const { idempotencyKey } = request;
  const reply = await deps.api.ask(request, (stripe) => stripe.refunds.create(body, { idempotencyKey }));
  if (reply.kind === 'refusal') {
    const { code } = reply;
    return { status: 'failed', code, message: `Stripe refused the refund: ${code}` };
  }
  const fits = (refund: StripeRefund): boolean =>
    refund.metadata.payonce_reference === request.reference && refund.payment_intent === intent;
  return toRefundResult(believe({ schema: refundAnswer, body: reply.body, fits }));
}

/** Stripe refunds payments, not pages. */
async function intentOf(deps: FindDeps, { payment, ...call }: RefundPayment): Promise<string | undefined> {
  const { processorRef } = payment;
  if (/^pi_\w{1,200}$/.test(processorRef)) return processorRef;
  if (!/^cs_\w{1,200}$/.test(processorRef)) return undefined;
  const session = await retrieveSession(deps, call, processorRef);
  const intent = session?.payment_intent;
  return typeof intent === 'object' ? intent?.id : intent;
}

const FAR = 100;

/** By Stripe's id when it is known, by the payment that was noted when not; without a note by everything that was ever refunded, and never "not found" before its end. */
export async function findRefund(deps: FindDeps, request: PaymentRef): Promise<RefundLookup> {
  const { reference, processorRef = '' } = request;
  if (!isReference(reference)) return { status: 'not_found' };
  const known = /^(?:re|pyr)_\w{1,200}$/.test(processorRef)
    ? await retrieveRefund(deps, request, processorRef)
    : undefined;
  if (known !== undefined) return known;
  const intent = await deps.notes.refundedIntent(request);
  const own = intent === undefined ? {} : { payment_intent: intent };
  const page: AskPage = (stripe, place) => stripe.refunds.list({ ...place, ...own });
  const isOurs = isUnder(reference);
  const listing = { api: deps.api, call: request, page, schema: refundAnswer, isOurs, mostPages: FAR };
  const { items, complete } = await listAll(listing);
  const [first] = items
    .map(toRefundResult)
    .toSorted((one, other) => STANDING.indexOf(one.status) - STANDING.indexOf(other.status));
  if (first !== undefined) return first;
  if (complete) return { status: 'not_found' };
  throw new RetryableError({ code: 'too_many_refunds', message: 'there are too many refunds to find this one' });
}

const STANDING: readonly RefundResult['status'][] = ['succeeded', 'pending', 'failed'];

/** Undefined when Stripe does not know the id: the refund may be there under another one. */
async function retrieveRefund({ api }: FindDeps, request: PaymentRef, id: string): Promise<RefundResult | undefined> {
  const reply = await api.ask(request, (stripe) => stripe.refunds.retrieve(id));
  const fits = (refund: StripeRefund): boolean => refund.metadata.payonce_reference === request.reference;
  if (reply.kind === 'answer') return toRefundResult(believe({ schema: refundAnswer, body: reply.body, fits }));
  if (reply.status === 404) return undefined;
  throw refused(reply);
}
