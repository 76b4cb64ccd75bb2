import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** Stands between a caller and the API and loses the first answer. */
export interface CuttingProxy {
  readonly url: string;
  /** How many connections came. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** Passes everything on, except that the first connection is cut, on both sides, as soon as `cutWhen` holds. */
export async function cuttingProxy({
  target,
  cutWhen,
}: {
  readonly target: string;
  readonly cutWhen: () => Promise<boolean>;
}): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((caller) => {
    const upstream = connect(Number(port), hostname);
    const cut = () => [caller, upstream].forEach((socket) => socket.destroy());
    for (const socket of [caller, upstream]) sockets.add(socket.on('error', cut).on('close', cut));
    caller.pipe(upstream);
    connections += 1;
    if (connections === 1) void whenever(cutWhen).then(cut);
    else upstream.pipe(caller);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: ours } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${ours}`,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function whenever(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds()));
}
