import { newId, seconds } from './fake-books.js';
import type { FakeBooks } from './fake-books.js';
import { CARD, endOf } from './fake-methods.js';
import { FakeError, checkAmount, invalid } from './fake-objects.js';
import type { FakeCharge, FakeIntent } from './fake-objects.js';

/** What a payment is made of. */
export interface NewIntent {
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly captureMethod: string;
  readonly returnUrl: string;
}

export function createIntent(books: FakeBooks, asked: NewIntent): FakeIntent {
  const { amount, currency, metadata, captureMethod, returnUrl } = asked;
  checkAmount({ amount, currency });
  const intent: FakeIntent = {
    id: newId('pi'),
    object: 'payment_intent',
    amount,
    amount_capturable: 0,
    amount_received: 0,
    capture_method: captureMethod,
    created: seconds(),
    currency,
    livemode: false,
    metadata,
    return_url: returnUrl,
    last_payment_error: null,
    latest_charge: null,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  };
  books.intents.unshift(intent);
  return intent;
}

/** Charges a method. Throws a card error when it is declined. */
export function confirmIntent(books: FakeBooks, intent: FakeIntent, method: string): void {
  const end = endOf(method);
  if (end === undefined) throw invalid('resource_missing', 'payment_method');
  intent.payment_method = method;
  switch (end.end) {
    case 'succeeds':
      return authorize(books, intent);
    case 'processes':
      intent.status = 'processing';
      return books.happened('payment_intent.processing', intent);
    case 'authenticates':
      intent.status = 'requires_action';
      intent.next_action = {
        type: 'redirect_to_url',
        redirect_to_url: { url: `${books.origin()}/3ds/${intent.id}`, return_url: intent.return_url },
      };
      return undefined;
    case 'declines':
      decline(books, intent, end);
      throw new FakeError(402, {
        ...intent.last_payment_error,
        message: 'Your card was declined.',
        payment_intent: intent,
      });
  }
}

function authorize(books: FakeBooks, intent: FakeIntent): void {
  intent.latest_charge = newId('ch');
  intent.next_action = null;
  if (intent.capture_method !== 'manual') return take(books, intent);
  intent.status = 'requires_capture';
  intent.amount_capturable = intent.amount;
  books.happened('payment_intent.amount_capturable_updated', intent);
}

function take(books: FakeBooks, intent: FakeIntent): void {
  intent.latest_charge ??= newId('ch');
  intent.status = 'succeeded';
  intent.amount_received = intent.amount + books.more;
  intent.amount_capturable = 0;
  books.more = 0;
  books.happened('payment_intent.succeeded', intent);
  books.happened('charge.succeeded', chargeFor(intent));
}

/** As Stripe tells of it: with the metadata of its payment. */
const chargeFor = (intent: FakeIntent): FakeCharge => ({
  id: intent.latest_charge ?? '',
  object: 'charge',
  amount_captured: intent.amount_received,
  captured: true,
  currency: intent.currency,
  metadata: intent.metadata,
  payment_intent: intent.id,
  payment_method_details: { type: 'card', card: CARD },
});

function decline(
  books: FakeBooks,
  intent: FakeIntent,
  why: { readonly code: string; readonly declineCode?: string },
): void {
  const { code, declineCode } = why;
  intent.status = 'requires_payment_method';
  intent.next_action = null;
  intent.last_payment_error = { type: 'card_error', code, ...(declineCode && { decline_code: declineCode }) };
  books.happened('payment_intent.payment_failed', intent);
}

/** The buyer did, or did not do, what the bank asked for. */
export function authenticateIntent(books: FakeBooks, intent: FakeIntent, outcome: 'succeed' | 'fail'): void {
  if (intent.status !== 'requires_action') throw invalid('payment_intent_unexpected_state');
  if (outcome === 'succeed') authorize(books, intent);
  else decline(books, intent, { code: 'payment_intent_authentication_failure' });
}

/** A payment that was processing ends. */
export function settleIntent(books: FakeBooks, intent: FakeIntent, outcome: 'succeed' | 'fail'): void {
  if (outcome === 'succeed') take(books, intent);
  else decline(books, intent, { code: 'payment_method_provider_decline' });
}

export function captureIntent(books: FakeBooks, intent: FakeIntent): void {
  if (intent.status !== 'requires_capture') throw invalid('payment_intent_unexpected_state');
  take(books, intent);
}

const ENDED = new Set(['succeeded', 'processing', 'canceled']);

/** Refused for the payment of a page that is still open: the page has to expire. */
export function cancelIntent(books: FakeBooks, intent: FakeIntent): void {
  const isOnPage = books.sessions.some(
    ({ payment_intent, status }) => payment_intent === intent.id && status === 'open',
  );
  if (ENDED.has(intent.status) || isOnPage) throw invalid('payment_intent_unexpected_state');
  intent.status = 'canceled';
  intent.amount_capturable = 0;
  books.happened('payment_intent.canceled', intent);
}
