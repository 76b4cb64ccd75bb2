import type { FakeBooks } from './fake-books.js';
import { authenticateIntent } from './fake-intents.js';
import { FakeError } from './fake-objects.js';
import { completeSession, paySession } from './fake-sessions.js';
import { readForm, textAt } from './form.js';

/** What a page answers: itself, or where the buyer goes next. */
export interface PageAnswer {
  readonly status: number;
  readonly location?: string;
  readonly html?: string;
}

const page = (title: string, inside: string): string =>
  `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1>${inside}</html>`;

/** The pages that buyers see: /pay/<session> takes a method, /3ds/<payment> an outcome. Undefined for other paths. */
export function pageAt(
  books: FakeBooks,
  { method, path, body }: { method: string; path: string; body: string },
): PageAnswer | undefined {
  const [, kind, id] = /^\/(pay|3ds)\/(\w+)$/.exec(path) ?? [];
  if (kind === undefined) return undefined;
  const fields = readForm(body);
  if (kind === 'pay')
    return payPage({ books, id, typed: method === 'POST' ? (textAt(fields, 'payment_method') ?? '') : undefined });
  return bankPage({ books, id, pressed: method === 'POST' ? textAt(fields, 'outcome') : undefined });
}

function payPage({
  books,
  id,
  typed,
}: {
  books: FakeBooks;
  id: string | undefined;
  typed: string | undefined;
}): PageAnswer {
  const session = books.sessions.find((known) => known.id === id && known.status === 'open');
  if (session === undefined) return { status: 404, html: page('This page is closed', '') };
  const form = page('Pay', `<form method="post"><input name="payment_method"><button>Pay</button></form>`);
  if (typed === undefined) return { status: 200, html: form };
  try {
    paySession(books, session, typed);
  } catch (thrown) {
    if (thrown instanceof FakeError) return { status: 402, html: page('Your card was declined', form) };
    throw thrown;
  }
  const intent = books.intents.find((known) => known.id === session.payment_intent);
  return { status: 303, location: intent?.next_action?.redirect_to_url.url ?? session.success_url };
}

function bankPage({
  books,
  id,
  pressed,
}: {
  books: FakeBooks;
  id: string | undefined;
  pressed: string | undefined;
}): PageAnswer {
  const intent = books.intents.find((known) => known.id === id && known.status === 'requires_action');
  if (intent === undefined) return { status: 404, html: page('Nothing to confirm', '') };
  if (pressed === undefined)
    return {
      status: 200,
      html: page('Confirm', '<form method="post"><button name="outcome" value="succeed">Yes</button></form>'),
    };
  authenticateIntent(books, intent, pressed === 'succeed' ? 'succeed' : 'fail');
  const session = books.sessions.find(({ payment_intent }) => payment_intent === intent.id);
  if (session !== undefined && pressed === 'succeed') completeSession(books, session);
  return {
    status: 303,
    location: session !== undefined && pressed !== 'succeed' ? session.cancel_url : intent.return_url,
  };
}
