import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Headers come at once or not at all; a body may be a large file, which its own limits end. */
const HEADERS_MS = 15_000;
const REQUEST_MS = 15 * 60 * 1000;
const MAX_HEADER_BYTES = 16 * 1024;
/** What is still running after this is cut off. */
const DRAIN_MS = 20_000;

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Takes nothing new, lets what runs finish, and cuts off what does not. */
  close(): Promise<void>;
}

/** Listens on a port; 0 for any free one. Rejects when it is taken. */
export async function serve({
  app,
  port,
  host,
}: {
  readonly app: RequestListener;
  readonly port: number;
  readonly host: string;
}): Promise<Listening> {
  const server = createServer(
    {
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      keepAliveTimeout: 65_000,
    },
    app,
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, resolve);
  });
  return { port: portOf(server), close: () => drain(server) };
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
