import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** One post of an event, as it came. */
export interface Post {
  /** webhook-id */
  readonly id: string;
  readonly body: string;
  /** Whether the signature is right, by the official library. */
  readonly genuine: boolean;
  /** Whether it was answered 200. */
  readonly taken: boolean;
}

/** A merchant's endpoint that remembers everything and takes an event only at its second post, now and then. */
export interface WebhookReceiver {
  readonly url: string;
  readonly posts: readonly Post[];
  expectSecret(secret: string): void;
  close(): Promise<void>;
}

/** Every so many new events are refused once. */
const REFUSED = 7;

/** Starts an endpoint on a free port of this machine. */
export async function webhookReceiver(): Promise<WebhookReceiver> {
  const posts: Post[] = [];
  let secret = '';
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const id = String(request.headers['webhook-id']);
      const body = Buffer.concat(chunks).toString();
      const isNew = !posts.some((post) => post.id === id);
      const taken = !(isNew && new Set(posts.map((post) => post.id)).size % REFUSED === 0);
      posts.push({ id, body, genuine: isGenuine({ secret, body, headers: request.headers }), taken });
      response.writeHead(taken ? 200 : 503).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    posts,
    expectSecret(given) {
      secret = given;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Signed {
  readonly secret: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

function isGenuine({ secret, body, headers }: Signed): boolean {
  const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  try {
    new Webhook(secret).verify(body, texts);
    return true;
  } catch {
    return false;
  }
}
