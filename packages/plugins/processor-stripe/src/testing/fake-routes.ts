import { answerOf, pageOf, searchOf } from './fake-answers.js';
import type { FakeBooks } from './fake-books.js';
import { cancelIntent, captureIntent, confirmIntent, createIntent } from './fake-intents.js';
import { invalid } from './fake-objects.js';
import { createRefund } from './fake-refunds.js';
import { createSession, expireSession } from './fake-sessions.js';
import { textAt, textsAt } from './form.js';
import type { FormValue } from './form.js';

/** A request of the API, read. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly fields: { readonly [name: string]: FormValue };
  /** Seconds since 1970 up to which the search index has everything. */
  readonly indexedUntil: number;
}

type Answer = Readonly<Record<string, unknown>>;

/** Does what a request asks for. Throws a FakeError when it refuses. */
export function answerTo(books: FakeBooks, request: FakeRequest): Answer {
  const { method, path } = request;
  const [, kind = '', id, verb] =
    /^\/v1\/(payment_intents|checkout\/sessions|refunds)(?:\/(\w+))?(?:\/(\w+))?$/.exec(path) ?? [];
  if (method === 'POST' && verb !== undefined) return changed(books, request, { id: id ?? '', verb });
  if (method === 'POST' && id === undefined) return created(books, request, kind);
  if (method === 'GET' && id === 'search') return searchOf(books, request);
  if (method === 'GET')
    return id === undefined
      ? pageOf(books, allOf(books, kind), request.fields)
      : retrieved(books, request, { kind, id });
  throw invalid('resource_missing', 'path');
}

function allOf({ intents, sessions, refunds }: FakeBooks, kind: string) {
  switch (kind) {
    case 'payment_intents':
      return intents;
    case 'checkout/sessions':
      return sessions;
    default:
      return refunds;
  }
}

function retrieved(books: FakeBooks, { fields }: FakeRequest, { kind, id }: { kind: string; id: string }): Answer {
  return answerOf(books, found<ReturnType<typeof allOf>[number]>(allOf(books, kind), id), fields);
}

function found<Thing extends { readonly id: string }>(things: readonly Thing[], id: string): Thing {
  const thing = things.find((known) => known.id === id);
  if (thing === undefined) throw invalid('resource_missing', 'id');
  return thing;
}

function changed(books: FakeBooks, { fields }: FakeRequest, { id, verb }: { id: string; verb: string }): Answer {
  if (verb === 'expire') {
    const session = found(books.sessions, id);
    expireSession(books, session);
    return answerOf(books, session, fields);
  }
  const intent = found(books.intents, id);
  if (verb === 'cancel') cancelIntent(books, intent);
  else if (verb === 'capture') captureIntent(books, intent);
  else throw invalid('resource_missing', 'path');
  return answerOf(books, intent, fields);
}

function created(books: FakeBooks, request: FakeRequest, kind: string): Answer {
  const { fields } = request;
  switch (kind) {
    case 'payment_intents':
      return newIntent(books, request);
    case 'checkout/sessions':
      return newSession(books, request);
    default: {
      const intent = required(fields, 'payment_intent');
      const amount = Number(required(fields, 'amount'));
      return answerOf(books, createRefund(books, { intent, amount, metadata: textsAt(fields, 'metadata') }), fields);
    }
  }
}

function newIntent(books: FakeBooks, { fields }: FakeRequest): Answer {
  const intent = createIntent(books, {
    amount: Number(required(fields, 'amount')),
    currency: required(fields, 'currency'),
    metadata: textsAt(fields, 'metadata'),
    captureMethod: textAt(fields, 'capture_method') ?? 'automatic',
    returnUrl: textAt(fields, 'return_url') ?? '',
  });
  try {
    if (textAt(fields, 'confirm') === 'true') confirmIntent(books, intent, required(fields, 'payment_method'));
  } catch (thrown) {
    if (intent.last_payment_error === null) books.intents.splice(books.intents.indexOf(intent), 1);
    throw thrown;
  }
  return answerOf(books, intent, fields);
}

function newSession(books: FakeBooks, { fields }: FakeRequest): Answer {
  const price = ['line_items', '0', 'price_data'];
  if (textAt(fields, 'mode') !== 'payment') throw invalid('parameter_missing', 'mode');
  required(fields, ...price, 'product_data', 'name');
  const quantity = Number(required(fields, 'line_items', '0', 'quantity'));
  const session = createSession(books, {
    amount: Number(required(fields, ...price, 'unit_amount')) * quantity,
    currency: required(fields, ...price, 'currency'),
    metadata: textsAt(fields, 'metadata'),
    reference: textAt(fields, 'client_reference_id') ?? null,
    intentMetadata: textsAt(fields, 'payment_intent_data', 'metadata'),
    captureMethod: textAt(fields, 'payment_intent_data', 'capture_method') ?? 'automatic',
    successUrl: required(fields, 'success_url'),
    cancelUrl: textAt(fields, 'cancel_url') ?? '',
  });
  return answerOf(books, session, fields);
}

function required(fields: FormValue, ...path: readonly string[]): string {
  const text = textAt(fields, ...path);
  if (text === undefined || text === '') throw invalid('parameter_missing', path.join('.'));
  return text;
}
