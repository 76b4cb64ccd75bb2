import { createServer } from 'node:net';
import { Explained } from '../explained.js';

const STEPS = 50;

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const port = await tryPort(0);
  if (port === undefined) throw new Explained('This machine has no free port.');
  return port;
}

/** The first free port from `from` on; says so when it had to step. */
export async function portFrom({
  from,
  what,
  say,
}: {
  readonly from: number;
  readonly what: string;
  readonly say: (line: string) => void;
}): Promise<number> {
  for (let port = from; port < from + STEPS; port += 1) {
    if ((await tryPort(port)) === undefined) continue;
    if (port !== from) say(`${what}: port ${from} is taken, using ${port}`);
    return port;
  }
  throw new Explained(`${what}: no free port between ${from} and ${from + STEPS - 1}`);
}

const tryPort = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const got = typeof address === 'object' && address !== null ? address.port : undefined;
      server.close(() => resolve(got));
    });
  });
