import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { Explained } from '../../explained.js';
import { until } from '../../until.js';
import { freePort } from '../ports.js';

const MAX_AGE_SECONDS = 300;

const eventBody = z.object({ type: z.string(), timestamp: z.string() });

/** An event that came with a right signature. */
export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
}

/** A merchant's server, as far as webhooks go. */
export interface WebhookReceiver {
  readonly url: string;
  /** From now on posts are verified with this secret; before that all are refused. */
  trust(secret: string): void;
  /** How many of each type came, once at least those came. */
  receive(types: Readonly<Record<string, number>>): Promise<readonly ReceivedEvent[]>;
  close(): Promise<void>;
}

/** Takes webhooks on a free port of this machine. */
export async function openReceiver(): Promise<WebhookReceiver> {
  let secret: string | undefined;
  const events = new Map<string, ReceivedEvent>();
  const server = createServer((request, response) => {
    void take(request)
      .catch(() => false)
      .then((taken) => response.writeHead(taken ? 204 : 401).end());
  });
  async function take(request: IncomingMessage): Promise<boolean> {
    const body = await text(request);
    const id = String(request.headers['webhook-id']);
    if (secret === undefined || !isSigned({ request, body, secret })) return false;
    const { type } = eventBody.parse(JSON.parse(body));
    events.set(id, { id, type });
    return true;
  }
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    trust(given) {
      secret = given;
    },
    receive: (types) => arrived({ events, types }),
    close: () => close(server),
  };
}

/** What came, told in lines. */
export function linesOf(events: readonly ReceivedEvent[]): readonly string[] {
  const types = [...new Set(events.map(({ type }) => type))];
  const count = (wanted: string): number => events.filter(({ type }) => type === wanted).length;
  const lines = types.map((type) => (count(type) === 1 ? type : `${type}, ${count(type)} times`));
  return [`${events.length} received, every signature right:`, ...lines];
}

async function arrived({
  events,
  types,
}: {
  readonly events: ReadonlyMap<string, ReceivedEvent>;
  readonly types: Readonly<Record<string, number>>;
}): Promise<readonly ReceivedEvent[]> {
  const of = (type: string): readonly ReceivedEvent[] => [...events.values()].filter((event) => event.type === type);
  const complete = (): true | undefined =>
    Object.entries(types).every(([type, count]) => of(type).length >= count) || undefined;
  const wanted = Object.keys(types);
  await until({
    what: `webhooks ${wanted.join(', ')}`,
    forMs: 30_000,
    everyMs: 20,
    look: async () => complete(),
  }).catch(() => {
    const came = [...events.values()].map(({ type }) => type);
    throw new Explained(`Waited for webhooks ${wanted.join(', ')}; came: ${came.join(', ') || 'none'}`, {
      exitCode: 1,
    });
  });
  return wanted.flatMap(of);
}

/** Standard Webhooks 1.0: HMAC-SHA-256 over id, time and body under the endpoint's secret, and not too old. */
function isSigned({
  request,
  body,
  secret,
}: {
  readonly request: IncomingMessage;
  readonly body: string;
  readonly secret: string;
}): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = request.headers;
  const isFresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < MAX_AGE_SECONDS;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key)
    .update(`${String(id)}.${String(timestamp)}.${body}`)
    .digest();
  return (
    isFresh &&
    String(signatures)
      .split(' ')
      .some((signature) => isSame(expected, signature))
  );
}

function isSame(expected: Buffer, signature: string): boolean {
  const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
