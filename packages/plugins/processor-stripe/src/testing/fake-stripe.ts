import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Money } from '@payonce/plugin-sdk';
import { answerOf } from './fake-answers.js';
import { newId, openBooks } from './fake-books.js';
import type { FakeBooks } from './fake-books.js';
import { fakeKeys } from './fake-keys.js';
import type { FakeKeys, FakeReply } from './fake-keys.js';
import { FakeError, bookedMoney } from './fake-objects.js';
import { pageAt } from './fake-pages.js';
import { eventOf, post } from './fake-posts.js';
import { answerTo } from './fake-routes.js';
import { readForm } from './form.js';

/** What one makes of Stripe for tests: it keeps books, answers over HTTP, signs webhooks and breaks on request. */
export interface FakeStripe {
  readonly origin: string;
  readonly api: { readonly protocol: 'http'; readonly host: string; readonly port: number };
  readonly books: FakeBooks;
  /** Method and path of every request of the API so far. */
  readonly asked: readonly string[];
  /** The idempotency keys that came with them. */
  readonly keys: readonly string[];
  readonly faults: FakeFaults;
  /** Every movement of money under a reference of ours. */
  movements(reference: string): readonly { readonly kind: 'charge' | 'refund'; readonly amount: Money }[];
  /** The event that tells of a payment that succeeded. */
  eventAbout(reference: string): string;
  /** Where events go from now on. */
  postTo(webhook: { readonly url: string; readonly secret: string } | undefined): void;
  close(): Promise<void>;
}

/** What the fake does wrong. */
export interface FakeFaults {
  /** The next object is made, but the connection breaks before the answer. */
  loseNextAnswer(): void;
  /** The next object is made, and the answer never comes. */
  holdNextAnswer(): void;
  captureMore(by: number): void;
  /** Every request, or those to such paths, is answered like this, and nothing is done. */
  answer(reply: {
    readonly status: number;
    readonly text: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly to?: RegExp;
  }): void;
  /** From now on the search index stands as of so many seconds ago. */
  searchLags(seconds: number): void;
  clear(): void;
}

interface Weather {
  next: 'lose' | 'hold' | undefined;
  instead: Parameters<FakeFaults['answer']>[0] | undefined;
  lag: number;
}

const LAG_SECONDS = 60;

/** Starts one on a free port of the loopback. */
export async function startFakeStripe({ secretKey }: { readonly secretKey: string }): Promise<FakeStripe> {
  const weather: Weather = { next: undefined, instead: undefined, lag: LAG_SECONDS };
  const asked: string[] = [];
  const given: string[] = [];
  const mail: { to: { readonly url: string; readonly secret: string } | undefined } = { to: undefined };
  const books = openBooks({
    origin: () => origin,
    happened: (type, object) =>
      void post(mail.to, eventOf({ id: newId('evt'), type, object: answerOf(books, object) })),
  });
  const keys = fakeKeys();
  const server = createServer(
    (request, response) => void serve({ books, keys, weather, asked, given, secretKey, request, response }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    api: { protocol: 'http', host: '127.0.0.1', port },
    books,
    asked,
    keys: given,
    faults: faultsOf(books, weather),
    movements: (reference) => movementsOf(books, reference),
    eventAbout(reference) {
      const intent = books.intents.find(({ metadata }) => metadata['payonce_reference'] === reference);
      const object = intent && answerOf(books, intent);
      return eventOf({ id: `evt_${reference.replaceAll(/\W/g, '')}`, type: 'payment_intent.succeeded', object });
    },
    postTo: (webhook) => void (mail.to = webhook),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const faultsOf = (books: FakeBooks, weather: Weather): FakeFaults => ({
  loseNextAnswer: () => void (weather.next = 'lose'),
  holdNextAnswer: () => void (weather.next = 'hold'),
  captureMore: (by) => void (books.more = by),
  answer: (reply) => void (weather.instead = reply),
  searchLags: (lag) => void (weather.lag = lag),
  clear() {
    books.more = 0;
    Object.assign(weather, { next: undefined, instead: undefined, lag: LAG_SECONDS });
  },
});

function movementsOf({ intents, refunds }: FakeBooks, reference: string) {
  const isOurs = ({ metadata }: { readonly metadata: Readonly<Record<string, string>> }) =>
    metadata['payonce_reference'] === reference;
  return [
    ...intents
      .filter((intent) => isOurs(intent) && intent.status === 'succeeded')
      .map(({ amount_received: amount, currency }) => ({
        kind: 'charge' as const,
        amount: bookedMoney({ amount, currency }),
      })),
    ...refunds
      .filter((refund) => isOurs(refund) && refund.status === 'succeeded')
      .map((refund) => ({ kind: 'refund' as const, amount: bookedMoney(refund) })),
  ];
}

interface Serving {
  readonly books: FakeBooks;
  readonly keys: FakeKeys;
  readonly weather: Weather;
  readonly asked: string[];
  readonly given: string[];
  readonly secretKey: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function serve(serving: Serving): Promise<void> {
  const { books, weather, asked, given, request, response } = serving;
  const { method = 'GET', url = '/' } = request;
  const { pathname, search } = new URL(url, 'http://fake');
  const body = (await request.setEncoding('utf8').toArray()).join('');
  const page = pageAt(books, { method, path: pathname, body });
  if (page !== undefined) {
    const { status, location, html = '' } = page;
    response.writeHead(status, { 'content-type': 'text/html', ...(location && { location }) }).end(html);
    return;
  }
  asked.push(`${method} ${pathname}`);
  given.push(String(request.headers['idempotency-key'] ?? ''));
  const { instead } = weather;
  if (instead !== undefined && (instead.to?.test(pathname) ?? true)) {
    response.writeHead(instead.status, { 'content-type': 'application/json', ...instead.headers }).end(instead.text);
    return;
  }
  const { status, body: answer } = replyTo(serving, {
    method,
    path: pathname,
    text: method === 'GET' ? search.slice(1) : body,
  });
  const fault = method === 'POST' && status === 200 ? weather.next : undefined;
  if (fault !== undefined) weather.next = undefined;
  if (fault === 'lose') request.socket.destroy();
  if (fault === undefined)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

function replyTo(
  { books, keys, weather, secretKey, request }: Serving,
  asked: { method: string; path: string; text: string },
): FakeReply {
  const { method, path, text } = asked;
  const key = request.headers['idempotency-key'];
  const fingerprint = `${method} ${path} ${text}`;
  try {
    if (request.headers.authorization !== `Bearer ${secretKey}`)
      throw new FakeError(401, { type: 'invalid_request_error', message: 'Invalid API Key provided' });
    const known = typeof key === 'string' ? keys.replay(key, fingerprint) : undefined;
    if (known !== undefined) return known;
    const indexedUntil = Math.floor(Date.now() / 1_000) - weather.lag;
    const body = structuredClone(answerTo(books, { method, path, fields: readForm(text), indexedUntil }));
    if (typeof key === 'string') keys.keep(key, fingerprint, { status: 200, body });
    return { status: 200, body };
  } catch (thrown) {
    if (!(thrown instanceof FakeError)) throw thrown;
    const reply = { status: thrown.status, body: { error: structuredClone(thrown.body) } };
    if (thrown.status === 402 && typeof key === 'string') keys.keep(key, fingerprint, reply);
    return reply;
  }
}
