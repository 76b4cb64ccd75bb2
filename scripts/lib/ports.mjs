import { createServer } from 'node:net';
import { say } from './say.mjs';

function listenOn(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: got } = server.address();
      server.close(() => resolve(got));
    });
  });
}

/** A port nobody listens on. */
export async function freePort() {
  return listenOn(0);
}

/** The first free port from `from` on; says so when it had to step. */
export async function portFrom({ from, what }) {
  for (let port = from; port < from + 50; port += 1) {
    if ((await listenOn(port)) === undefined) continue;
    if (port !== from) say(`${what}: port ${from} is taken, using ${port}`);
    return port;
  }
  throw new Error(`${what}: no free port between ${from} and ${from + 49}`);
}
