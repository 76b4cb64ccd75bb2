import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isCurrency } from '@payonce/plugin-sdk';
import { z } from 'zod';
import { Books } from './books.js';
import type { BookedPayment } from './books.js';

/** Acme in this process: it keeps books, breaks on request and signs webhooks. */
export interface FakeAcme {
  readonly origin: string;
  /** An address where nobody listens. */
  readonly closedOrigin: string;
  readonly books: Books;
  /** What happens to the next request that moves money: it is done, and its answer is lost or never sent. */
  fault: 'lose' | 'hold' | undefined;
  /** What Acme posts about a payment. */
  bodyOf(reference: string): Uint8Array;
  sign(post: { readonly body: Uint8Array; readonly at: Date; readonly secret: string }): string;
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const refusal = (code: string, message: string): Reply => ({ status: 422, body: { code, message } });
const ok = (body: unknown): Reply => ({ status: 200, body });

export async function startFakeAcme({ secretKey }: { readonly secretKey: string }): Promise<FakeAcme> {
  const closedOrigin = await addressWhereNobodyListens();
  const books = new Books();
  const server = createServer((request, response) => void serve(request, response));
  const origin = await listening(server);
  const fake: FakeAcme = {
    origin,
    closedOrigin,
    books,
    fault: undefined,
    bodyOf(reference) {
      const payment = books.payments.find((known) => known.reference === reference);
      const event = { id: `evt_${reference}`, type: 'payment.updated', payment: payment && toJson(payment, origin) };
      return new TextEncoder().encode(JSON.stringify(event));
    },
    sign({ body, at, secret }) {
      const seconds = Math.floor(at.getTime() / 1_000);
      return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')}`;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = answer({ request, text: await textOf(request), books, origin, secretKey });
    const movesMoney = request.method === 'POST' && !request.url?.endsWith('/cancel');
    if (movesMoney && fake.fault === 'hold') return;
    if (movesMoney && fake.fault === 'lose') return void request.socket.destroy();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
  return fake;
}

interface Question {
  readonly request: IncomingMessage;
  readonly text: string;
  readonly books: Books;
  readonly origin: string;
  readonly secretKey: string;
}

const newRefund = z.object({
  reference: z.string().min(1),
  amount: z.int().min(1),
  currency: z.string().refine(isCurrency),
  payment: z.string(),
});
const newPayment = newRefund.omit({ payment: true }).extend({ method: z.string().optional() });

function answer({ request, text, books, origin, secretKey }: Question): Reply {
  if (request.headers.authorization !== `Bearer ${secretKey}`) return { status: 401, body: {} };
  const url = new URL(request.url ?? '/', origin);
  const key = String(request.headers['idempotency-key'] ?? '');
  const reference = url.searchParams.get('reference');
  const [, cancelled] = /^\/payments\/([^/]+)\/cancel$/.exec(url.pathname) ?? [];
  if (cancelled !== undefined) return cancel(books, cancelled, origin);
  switch (`${request.method} ${url.pathname}`) {
    case 'POST /payments': {
      const asked = newPayment.safeParse(JSON.parse(text));
      if (!asked.success) return refusal('invalid', 'the payment is not valid');
      return ok(toJson(books.charge({ key, ...asked.data, method: asked.data.method }), origin));
    }
    case 'POST /refunds': {
      const asked = newRefund.safeParse(JSON.parse(text));
      const refund = asked.success ? books.refund({ key, ...asked.data }) : undefined;
      return refund === undefined ? refusal('not_refundable', 'that much was not captured') : ok(refund);
    }
    case 'GET /payments':
      return ok({
        items: books.payments.filter((known) => known.reference === reference).map((known) => toJson(known, origin)),
      });
    case 'GET /refunds':
      return ok({ items: books.refunds.filter((known) => known.reference === reference) });
    default:
      return { status: 404, body: {} };
  }
}

function cancel(books: Books, id: string, origin: string): Reply {
  const payment = books.payments.find((known) => known.id === id);
  if (payment === undefined) return refusal('unknown_payment', 'there is no such payment');
  if (payment.status === 'open') payment.status = 'cancelled';
  return ok(toJson(payment, origin));
}

const toJson = (payment: BookedPayment, origin: string) => ({ ...payment, pay_url: `${origin}/pay/${payment.id}` });

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function addressWhereNobodyListens(): Promise<string> {
  const server = createServer();
  const origin = await listening(server);
  server.close();
  await once(server, 'close');
  return origin;
}
