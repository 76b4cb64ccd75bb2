import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const SECRET_KEY = 'sandbox-secret-key-of-the-tests';
export const WEBHOOK_SECRET = 'sandbox-webhook-secret-of-the-tests';

/** An answer of the API with its JSON parsed. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
}

export interface Sending {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The API as a merchant's server calls it. */
export interface Merchant {
  get<Body>(path: string, sending?: Sending): Promise<Answer<Body>>;
  post<Body>(path: string, body?: unknown, sending?: Sending): Promise<Answer<Body>>;
  put<Body>(path: string, body: unknown): Promise<Answer<Body>>;
  delete<Body>(path: string): Promise<Answer<Body>>;
}

export function merchantOf(origin: string): Merchant {
  const send = async <Body>(
    method: string,
    path: string,
    body: unknown,
    { key, headers, signal }: Sending = {},
  ): Promise<Answer<Body>> => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${SECRET_KEY}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) as Body };
  };
  return {
    get: (path, sending) => send('GET', path, undefined, sending),
    post: (path, body, sending) => send('POST', path, body, sending),
    put: (path, body) => send('PUT', path, body),
    delete: (path) => send('DELETE', path, undefined),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A webhook as it arrived. */
export interface Received {
  readonly signature: string;
  readonly body: string;
  readonly type: string;
  readonly id: string;
}

/** A merchant's webhook endpoint that writes down what it gets. */
export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** What it answers from now on. */
  answer: number;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const event = parsed(body) as { readonly id?: string; readonly type?: string } | undefined;
      const signature = String(request.headers['sandbox-signature']);
      received.push({ signature, body, type: event?.type ?? '', id: event?.id ?? '' });
      response.writeHead(receiver.answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    answer: 200,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return receiver;
}

/** Waits until something holds; fails after 5 s. */
export async function eventually<Value>(
  look: () => Value | Promise<Value>,
  holds: (value: Value) => boolean,
): Promise<Value> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (Date.now() > deadline) throw new Error(`still not so after 20 s: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
