import { newId, seconds } from './fake-books.js';
import type { FakeBooks } from './fake-books.js';
import { confirmIntent, createIntent } from './fake-intents.js';
import type { NewIntent } from './fake-intents.js';
import { checkAmount, invalid } from './fake-objects.js';
import type { FakeSession } from './fake-objects.js';

/** What a page is made of. */
export interface NewSession extends Omit<NewIntent, 'returnUrl'> {
  readonly reference: string | null;
  readonly intentMetadata: Readonly<Record<string, string>>;
  readonly successUrl: string;
  readonly cancelUrl: string;
}

export function createSession(books: FakeBooks, asked: NewSession): FakeSession {
  const { amount, currency, metadata, reference, successUrl, cancelUrl, ...forIntent } = asked;
  checkAmount({ amount, currency });
  const id = newId('cs_test');
  const session: FakeSession = {
    id,
    object: 'checkout.session',
    amount_total: amount,
    client_reference_id: reference,
    created: seconds(),
    currency,
    livemode: false,
    metadata,
    success_url: successUrl,
    cancel_url: cancelUrl,
    for_intent: forIntent,
    payment_intent: null,
    payment_status: 'unpaid',
    status: 'open',
    url: `${books.origin()}/pay/${id}`,
  };
  books.sessions.unshift(session);
  return session;
}

/** The buyer presses the button on the page. Its payment exists from then on. Throws a card error when the method is declined: the page stays open. */
export function paySession(books: FakeBooks, session: FakeSession, method: string): void {
  if (session.status !== 'open') throw invalid('session_not_open');
  const { amount_total: amount, currency, success_url: returnUrl } = session;
  const { intentMetadata: metadata, captureMethod } = session.for_intent;
  const known = books.intents.find(({ id }) => id === session.payment_intent);
  const intent = known ?? createIntent(books, { amount, currency, metadata, captureMethod, returnUrl });
  session.payment_intent = intent.id;
  confirmIntent(books, intent, method);
  if (intent.status !== 'requires_action') completeSession(books, session);
}

/** Once the payment was confirmed, whatever becomes of it. */
export function completeSession(books: FakeBooks, session: FakeSession): void {
  const intent = books.intents.find(({ id }) => id === session.payment_intent);
  session.status = 'complete';
  session.url = null;
  session.payment_status = intent?.status === 'succeeded' ? 'paid' : 'unpaid';
  books.happened('checkout.session.completed', session);
}

export function expireSession(books: FakeBooks, session: FakeSession): void {
  if (session.status !== 'open') throw invalid('session_not_open');
  session.status = 'expired';
  session.url = null;
  books.happened('checkout.session.expired', session);
}
