import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server whose address is known before what it serves. */
export interface LateServer {
  readonly url: string;
  /** Serves from now on; before, callers are told to come again. */
  open(app: RequestListener): void;
  close(): Promise<void>;
}

/** Listens on a free port of this machine. */
export async function lateServer(): Promise<LateServer> {
  let serve: RequestListener = (_, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    open: (app) => void (serve = app),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
