import { DomainError, processorOf } from '@payonce/engine/domain';
import type {
  Address,
  Attempt,
  AttemptId,
  AttemptOutcome,
  CustomerDetails,
  DomainErrorCode,
  Session,
} from '@payonce/engine/domain';
import type { ApiDeps } from '../deps.js';
import { quoteCart } from '../checkout/quote.js';
import { submitAttempt } from '../checkout/submit.js';
import type { Submitted } from '../checkout/submit.js';
import { taxBuyer } from './buyer.js';
import { checkAmount } from './check-amount.js';

/** A session about which everything is said. */
export type FinalSession = Session & { readonly customer: CustomerDetails; readonly billing: Address };

/** What the caller's own page needs to go on, when the processor wants more from the buyer. */
export interface ClientAction {
  readonly clientSecret: string;
  readonly publishableKey: string;
}

/** The total of a final session, as the processor can take it. */
export async function quoteFinal(deps: ApiDeps, session: FinalSession): Promise<number> {
  const { total } = await quoteCart(
    { plugins: deps.plugins, businesses: deps.stores.businesses, clock: deps.clock },
    { cart: session, buyer: taxBuyer(session) },
  );
  checkAmount({
    capabilities: deps.plugins.processor(processorOf(session.servedBy, session.billing.country)).capabilities,
    amount: total,
    currency: session.currency,
  });
  return total;
}

/** A press of Pay on behalf of the caller. */
export interface Confirmation {
  readonly session: FinalSession;
  readonly attempt: AttemptId;
  readonly shownTotal: number;
  /** A token of the processor's; null for a buyer who pays on a page. */
  readonly paymentMethod: string | null;
}

/** Charges a final session now and waits as Pay does. A decline is an answer; what stops the attempt before any charge is a refusal. */
export async function confirmSession(
  deps: ApiDeps,
  { session, attempt, shownTotal, paymentMethod }: Confirmation,
): Promise<ClientAction | null> {
  const { customer, billing, taxId, customerBusinessName, currency } = session;
  const pressed = await deps.stores.attempts.find(attempt);
  const request = pressed?.request ?? {
    customer,
    billing,
    taxId,
    customerBusinessName,
    shownTotal,
    currency,
    paymentMethod,
  };
  const answer = await submitAttempt(
    { stores: deps.stores, client: deps.purchases, ids: deps.ids, clock: deps.clock },
    { session, attempt, request },
  );
  if (answer.status === 'refused') throw refusal(answer, await deps.stores.attempts.find(attempt));
  return answer.status === 'requires_action'
    ? clientAction((await deps.stores.attempts.find(attempt))?.outcome ?? null)
    : null;
}

/** A redirect is for the hosted page to follow. */
function clientAction(outcome: AttemptOutcome | null): ClientAction | null {
  return outcome?.action?.type === 'client'
    ? { clientSecret: outcome.action.clientSecret, publishableKey: outcome.action.publishableKey }
    : null;
}

type Refused = Extract<Submitted, { readonly status: 'refused' }>;

const REFUSALS: Readonly<Record<Refused['reason'], readonly [DomainErrorCode, string]>> = {
  amount_changed: [
    'AMOUNT_CHANGED',
    'The price changed while the payment was made; nothing was charged. Create the session again.',
  ],
  below_minimum: [
    'TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT',
    'The total is below the minimum of the payment processor; nothing was charged.',
  ],
  currency_not_supported: [
    'UNSUPPORTED_CURRENCY',
    'The payment processor does not take this currency; nothing was charged.',
  ],
  expired: ['CHECKOUT_SESSION_EXPIRED', 'The checkout session has ended; nothing was charged. Create a new one.'],
  previous_payment_pending: [
    'PREVIOUS_PAYMENT_PENDING',
    'Another payment of this session is still open; nothing more was charged.',
  ],
  goods_unavailable: [
    'SERVICE_UNAVAILABLE',
    'It cannot be said right now whether this can be handed over; nothing was charged. Try again in a minute.',
  ],
  sold_out: ['SOLD_OUT', 'Sold out; nothing was charged.'],
  tax_unavailable: [
    'TAX_UNAVAILABLE',
    'The tax cannot be worked out right now; nothing was charged. Try again in a minute.',
  ],
  too_many_attempts: [
    'TOO_MANY_ATTEMPTS',
    'This session was paid for too often without success; nothing was charged. Create a new one.',
  ],
  unknown_attempt: [
    'SERVICE_UNAVAILABLE',
    'The payment could not be started; nothing was charged. Try again in a moment.',
  ],
};

function refusal({ reason }: Refused, attempt: Attempt | undefined): DomainError {
  const [code, message] = REFUSALS[reason];
  const said = reason === 'sold_out' ? attempt?.soldOut : undefined;
  return new DomainError(code, said === undefined ? message : `${message} ${said}`);
}
