import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpServer {
  readonly port: number;
  /** Takes no new requests, lets the running ones finish for at most 5 s, then hangs up. */
  close(): Promise<void>;
}

const DRAIN_MS = 5_000;
/** A connection that is kept alive turns idle only after its last answer. */
const SWEEP_MS = 50;

/** Listens; rejects when the port is taken. */
export async function listen({
  app,
  port,
  host,
}: {
  app: RequestListener;
  port: number;
  host: string;
}): Promise<HttpServer> {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    async close() {
      const hangUp = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      clearTimeout(hangUp);
      clearInterval(sweep);
    },
  };
}
