import type { FakeBooks } from './fake-books.js';
import { CARD } from './fake-methods.js';
import { invalid } from './fake-objects.js';
import type { FakeCharge, FakeIntent, FakeRefund, FakeSession } from './fake-objects.js';
import { textAt, textsAt } from './form.js';
import type { FormValue } from './form.js';

type Stored = FakeIntent | FakeSession | FakeRefund;
type Fields = { readonly [name: string]: FormValue };

/** An object as it is answered: with what `expand` asks for, without what only the fake needs. */
export function answerOf(
  books: FakeBooks,
  stored: Stored | FakeCharge,
  fields: Fields = {},
): Readonly<Record<string, unknown>> {
  const expand = Object.values(textsAt(fields, 'expand')).map((path) => path.replace(/^data\./, ''));
  if (stored.object === 'refund' || stored.object === 'charge') return { ...stored };
  if (stored.object === 'payment_intent') return intentOf(stored, expand.includes('latest_charge'));
  const { for_intent: _, ...session } = stored;
  const intent = books.intents.find(({ id }) => id === stored.payment_intent);
  const deep = expand.includes('payment_intent.latest_charge');
  const isExpanded = deep || expand.includes('payment_intent');
  return { ...session, payment_intent: intent && isExpanded ? intentOf(intent, deep) : stored.payment_intent };
}

function intentOf({ return_url: _, ...intent }: FakeIntent, withCharge: boolean): Readonly<Record<string, unknown>> {
  const { latest_charge: id } = intent;
  const charge = { id, object: 'charge', payment_method_details: { type: 'card', card: CARD } };
  return { ...intent, latest_charge: withCharge && id !== null ? charge : id };
}

/** One page of a list, newest first. */
export function pageOf(books: FakeBooks, all: readonly Stored[], fields: Fields) {
  const least = Number(textAt(fields, 'created', 'gte') ?? 0);
  const most = Number(textAt(fields, 'created', 'lte') ?? Number.MAX_SAFE_INTEGER);
  const paid = textAt(fields, 'payment_intent');
  const fit = all.filter(
    (stored) =>
      stored.created >= least &&
      stored.created <= most &&
      (paid === undefined || ('payment_intent' in stored && stored.payment_intent === paid)),
  );
  const after = textAt(fields, 'starting_after');
  const from = after === undefined ? 0 : fit.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && from === 0) throw invalid('resource_missing', 'starting_after');
  const limit = Number(textAt(fields, 'limit') ?? 10);
  const data = fit.slice(from, from + limit).map((stored) => answerOf(books, stored, fields));
  return { object: 'list', data, has_more: fit.length > from + limit };
}

/** What the search index has by now: everything from before a moment. */
export function searchOf(books: FakeBooks, { fields, indexedUntil }: { fields: Fields; indexedUntil: number }) {
  const [, name = '', value = ''] = /^metadata\["([^"]+)"\]:"([^"]*)"$/.exec(textAt(fields, 'query') ?? '') ?? [];
  if (name === '') throw invalid('search_query_invalid', 'query');
  const fit = books.intents.filter(({ metadata, created }) => metadata[name] === value && created <= indexedUntil);
  return { object: 'search_result', data: fit.map((intent) => answerOf(books, intent)), has_more: false };
}
