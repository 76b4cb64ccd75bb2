import type { CancelResult, PaymentRef, PaymentResult } from '@payonce/plugin-sdk';
import type { Intent, Session } from './answers.js';
import { decisive, findPayments, retrieveIntent, retrieveSession } from './find-payment.js';
import type { FindDeps, Found } from './find-payment.js';

/**
 * Expires every page and cancels every payment under our reference that can still be paid, and tells what they are now. With none there the outcome is unknown: a request may
 * still be on its way. Repeat-safe, and without a key of ours: a repetition must tell the state of now.
 */
export async function cancelPayment(deps: FindDeps, request: PaymentRef): Promise<CancelResult> {
  const before = await findPayments(deps, request);
  const now = await Promise.all(before.map((found) => close(deps, request, found)));
  const result = toCancelResult(decisive(now));
  return result.status === 'cancelled' && now.some(canStillBePaid) ? { status: 'unknown' } : result;
}

function toCancelResult(result: PaymentResult | undefined): CancelResult {
  switch (result?.status) {
    case 'succeeded':
    case 'processing':
      return result.status === 'succeeded' ? result : { status: 'processing' };
    case 'failed':
    case 'cancelled':
      return { status: 'cancelled' };
    case 'authorized':
    case 'requires_action':
    case undefined:
      return { status: 'unknown' };
  }
}

/** A payment of a page ends by its page; what the page leaves behind, and a payment without one, is canceled itself. */
async function close(deps: FindDeps, request: PaymentRef, found: Found): Promise<Found> {
  const session = found.session && (await closePage(deps, request, found.session));
  const intent = paidBy(session) ?? found.intent;
  const closed = intent && session?.status !== 'open' ? await closeIntent(deps, request, intent) : intent;
  return { ...(session && { session }), ...(closed && { intent: closed }) };
}

const paidBy = (session: Session | undefined): Intent | undefined =>
  typeof session?.payment_intent === 'object' ? (session.payment_intent ?? undefined) : undefined;

/** Refused when the page is no longer open: then it is read again, which tells what happened instead. */
async function closePage(deps: FindDeps, request: PaymentRef, session: Session): Promise<Session> {
  if (session.status === 'open') await deps.api.ask(request, (stripe) => stripe.checkout.sessions.expire(session.id));
  return (await retrieveSession(deps, request, session.id)) ?? session;
}

/** A declined payment that Stripe refused to cancel is told as failed, and takes another card all the same. Those of a page end with the page. */
const canStillBePaid = ({ session, intent }: Found): boolean =>
  session === undefined && intent !== undefined && OPEN.has(intent.status);

const OPEN = new Set<Intent['status']>([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'requires_capture',
]);

async function closeIntent(deps: FindDeps, request: PaymentRef, intent: Intent): Promise<Intent> {
  if (!OPEN.has(intent.status)) return intent;
  await deps.api.ask(request, (stripe) => stripe.paymentIntents.cancel(intent.id));
  return (await retrieveIntent(deps, request, intent.id)) ?? intent;
}
